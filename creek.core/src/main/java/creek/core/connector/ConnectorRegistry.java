package creek.core.connector;

import creek.core.format.Format;
import creek.core.state.StateBackend;
import creek.udf.api.UserDefinedFunction;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The connectors, formats, functions and state backends that are there at the moment. A service of the engine; callable from any thread. Where several services have
 * one name, the one with the highest {@code service.ranking} is given, among equals that of the newest bundle version.
 */
@ProviderType
public interface ConnectorRegistry {
    /** The connector that a table's {@code 'connector'} option names. Not to be kept longer than the use of it. */
    Optional<Connector> connector(String name);

    /** The format that a table's {@code 'format'} option names. Not to be kept longer than the use of it. */
    Optional<Format> format(String name);

    /** The names of all connectors. */
    SortedSet<String> connectorNames();

    /** The names of all formats. */
    SortedSet<String> formatNames();

    /** The class of the function that a bundle provides under that name, in whatever case. Not to be kept longer than the use of it. */
    default Optional<Class<? extends UserDefinedFunction>> function(String name) {
        return Optional.empty();
    }

    /** The class of that name, if a bundle provides it as a function. Not to be kept longer than the use of it. */
    default Optional<Class<? extends UserDefinedFunction>> functionClass(String className) {
        return Optional.empty();
    }

    /** The names of all functions that bundles provide. */
    default SortedSet<String> functionNames() {
        return Collections.emptySortedSet();
    }

    /** The state backend that the setting {@code state.backend.type} names. Not to be kept longer than the use of it. */
    default Optional<StateBackend> stateBackend(String name) {
        return Optional.empty();
    }

    /**
     * Where a connector, a format, a state backend or a function's class comes from; empty if it is none that is there.
     *
     * @param part what this registry gave
     */
    default Optional<Provider> providerOf(Object part) {
        return Optional.empty();
    }

    /** The names of all state backends. */
    default SortedSet<String> stateBackendNames() {
        return Collections.emptySortedSet();
    }
}
