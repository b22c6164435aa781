package creek.core.internal.registry;

import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.connector.Provider;
import creek.core.format.Format;
import creek.core.state.StateBackend;
import creek.udf.api.UserDefinedFunction;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;

/** What a registry has from providers that somebody accepts. */
record AcceptedProviders(LiveConnectorRegistry all, Predicate<Provider> accepted) implements ConnectorRegistry {
    @Override
    public Optional<Connector> connector(String name) {
        return all.connector(name, accepted);
    }

    @Override
    public Optional<Format> format(String name) {
        return all.format(name, accepted);
    }

    @Override
    public SortedSet<String> connectorNames() {
        return all.connectorNames();
    }

    @Override
    public SortedSet<String> formatNames() {
        return all.formatNames();
    }

    @Override
    public Optional<Class<? extends UserDefinedFunction>> function(String name) {
        return all.function(name, accepted);
    }

    @Override
    public Optional<Class<? extends UserDefinedFunction>> functionClass(String className) {
        return all.functionClass(className, accepted);
    }

    @Override
    public SortedSet<String> functionNames() {
        return all.functionNames();
    }

    @Override
    public Optional<Provider> providerOf(Object part) {
        return all.providerOf(part);
    }

    @Override
    public Optional<StateBackend> stateBackend(String name) {
        return all.stateBackend(name, accepted);
    }

    @Override
    public SortedSet<String> stateBackendNames() {
        return all.stateBackendNames();
    }
}
