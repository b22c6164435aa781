package creek.core.internal.registry;

import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.connector.Provider;
import creek.core.format.Format;
import creek.core.state.StateBackend;
import creek.udf.api.UserDefinedFunction;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The connectors, formats, functions and state backends among the framework's services, as they come and go; tells listeners of each arrival. */
@Component(service = {ConnectorRegistry.class, LiveConnectorRegistry.class})
public final class LiveConnectorRegistry implements ConnectorRegistry {
    private final RankedServices<Connector> connectors = new RankedServices<>(Connector.NAME);
    private final RankedServices<Format> formats = new RankedServices<>(Format.NAME);
    private final RankedServices<UserDefinedFunction> functions = new RankedServices<>(UserDefinedFunction.NAME);
    private final RankedServices<StateBackend> backends = new RankedServices<>(StateBackend.NAME);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, target = "(" + Connector.NAME + "=*)")
    void addConnector(ServiceReference<Connector> reference, Connector connector) {
        connectors.add(reference, connector);
        listeners.forEach(Runnable::run);
    }

    void removeConnector(ServiceReference<Connector> reference) {
        connectors.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, target = "(" + Format.NAME + "=*)")
    void addFormat(ServiceReference<Format> reference, Format format) {
        formats.add(reference, format);
        listeners.forEach(Runnable::run);
    }

    void removeFormat(ServiceReference<Format> reference) {
        formats.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, target = "(" + UserDefinedFunction.NAME + "=*)")
    void addFunction(ServiceReference<UserDefinedFunction> reference, UserDefinedFunction function) {
        functions.add(reference, function);
        listeners.forEach(Runnable::run);
    }

    void removeFunction(ServiceReference<UserDefinedFunction> reference) {
        functions.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, target = "(" + StateBackend.NAME + "=*)")
    void addStateBackend(ServiceReference<StateBackend> reference, StateBackend backend) {
        backends.add(reference, backend);
        listeners.forEach(Runnable::run);
    }

    void removeStateBackend(ServiceReference<StateBackend> reference) {
        backends.remove(reference);
    }

    /** Has the listener called after each arrival, on the thread that registers the service: it only passes the news on. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    @Override
    public Optional<Connector> connector(String name) {
        return connectors.find(name);
    }

    @Override
    public Optional<Format> format(String name) {
        return formats.find(name);
    }

    @Override
    public SortedSet<String> connectorNames() {
        return connectors.names();
    }

    @Override
    public SortedSet<String> formatNames() {
        return formats.names();
    }

    @Override
    public Optional<Class<? extends UserDefinedFunction>> function(String name) {
        return functions.names().stream().filter(name::equalsIgnoreCase).findFirst().flatMap(functions::find).map(UserDefinedFunction::getClass);
    }

    @Override
    public Optional<Class<? extends UserDefinedFunction>> functionClass(String className) {
        return functions.find(function -> function.getClass().getName().equals(className)).map(UserDefinedFunction::getClass);
    }

    @Override
    public SortedSet<String> functionNames() {
        return functions.names();
    }

    @Override
    public Optional<Provider> providerOf(Object part) {
        return connectors.provider(service -> service == part).or(() -> formats.provider(service -> service == part))
                .or(() -> backends.provider(service -> service == part)).or(() -> functions.provider(service -> service.getClass() == part));
    }

    @Override
    public Optional<StateBackend> stateBackend(String name) {
        return backends.find(name);
    }

    @Override
    public SortedSet<String> stateBackendNames() {
        return backends.names();
    }
}
