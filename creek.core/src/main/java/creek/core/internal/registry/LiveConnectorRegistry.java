package creek.core.internal.registry;

import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.connector.Provider;
import creek.core.format.Format;
import creek.core.state.StateBackend;
import creek.udf.api.UserDefinedFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The connectors, formats, functions and state backends among the framework's services, as they come and go; tells listeners of both. */
@Component(service = {ConnectorRegistry.class, LiveConnectorRegistry.class})
public final class LiveConnectorRegistry implements ConnectorRegistry {
    /** Is told on the thread that registers or unregisters a service. */
    public interface Listener {
        /** Called after an arrival: only passes the news on. */
        void arrived();

        /**
         * Called when a service is no longer given but still works. It goes for good when this returns.
         *
         * @param service the service, or the class of a function
         */
        void departing(Object service, Provider provider);
    }

    private final Map<Long, Long> exchanged = new ConcurrentHashMap<>();
    private final RankedServices<Connector> connectors = new RankedServices<>(Connector.NAME, exchanged);
    private final RankedServices<Format> formats = new RankedServices<>(Format.NAME, exchanged);
    private final RankedServices<UserDefinedFunction> functions = new RankedServices<>(UserDefinedFunction.NAME, exchanged);
    private final RankedServices<StateBackend> backends = new RankedServices<>(StateBackend.NAME, exchanged);
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, target = "(" + Connector.NAME + "=*)")
    void addConnector(ServiceReference<Connector> reference, Connector connector) {
        add(connectors, reference, connector);
    }

    void removeConnector(ServiceReference<Connector> reference) {
        connectors.remove(reference).ifPresent(service -> tell(service, reference));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, target = "(" + Format.NAME + "=*)")
    void addFormat(ServiceReference<Format> reference, Format format) {
        add(formats, reference, format);
    }

    void removeFormat(ServiceReference<Format> reference) {
        formats.remove(reference).ifPresent(service -> tell(service, reference));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, target = "(" + UserDefinedFunction.NAME + "=*)")
    void addFunction(ServiceReference<UserDefinedFunction> reference, UserDefinedFunction function) {
        add(functions, reference, function);
    }

    void removeFunction(ServiceReference<UserDefinedFunction> reference) {
        functions.remove(reference).ifPresent(service -> tell(service.getClass(), reference));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, target = "(" + StateBackend.NAME + "=*)")
    void addStateBackend(ServiceReference<StateBackend> reference, StateBackend backend) {
        add(backends, reference, backend);
    }

    void removeStateBackend(ServiceReference<StateBackend> reference) {
        backends.remove(reference).ifPresent(service -> tell(service, reference));
    }

    private <S> void add(RankedServices<S> services, ServiceReference<S> reference, S service) {
        services.add(reference, service);
        listeners.forEach(Listener::arrived);
    }

    private void tell(Object departing, ServiceReference<?> reference) {
        Provider provider = RankedServices.provider(reference);
        listeners.forEach(listener -> listener.departing(departing, provider));
    }

    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    public void removeListener(Listener listener) {
        listeners.remove(listener);
    }

    /** Whether a service is among those that are given: not if its component could not be made. */
    public boolean has(ServiceReference<?> reference) {
        return connectors.has(reference) || formats.has(reference) || functions.has(reference) || backends.has(reference);
    }

    /** Has one bundle take the place of another, in whatever both provide, whatever their versions and rankings. */
    public void exchange(long oldBundle, long newBundle) {
        exchanged.put(oldBundle, newBundle);
    }

    /** Takes {@link #exchange} back. */
    public void exchangeNot(long oldBundle) {
        exchanged.remove(oldBundle);
    }

    /** What is there from providers like that: a view, which changes as this does. */
    public ConnectorRegistry from(Predicate<Provider> accepted) {
        return new AcceptedProviders(this, accepted);
    }

    @Override
    public Optional<Connector> connector(String name) {
        return connector(name, any -> true);
    }

    Optional<Connector> connector(String name, Predicate<Provider> accepted) {
        return connectors.find(name, accepted);
    }

    @Override
    public Optional<Format> format(String name) {
        return format(name, any -> true);
    }

    Optional<Format> format(String name, Predicate<Provider> accepted) {
        return formats.find(name, accepted);
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
        return function(name, any -> true);
    }

    Optional<Class<? extends UserDefinedFunction>> function(String name, Predicate<Provider> accepted) {
        return functions.names().stream().filter(name::equalsIgnoreCase).findFirst().flatMap(found -> functions.find(found, accepted))
                .map(UserDefinedFunction::getClass);
    }

    @Override
    public Optional<Class<? extends UserDefinedFunction>> functionClass(String className) {
        return functionClass(className, any -> true);
    }

    Optional<Class<? extends UserDefinedFunction>> functionClass(String className, Predicate<Provider> accepted) {
        return functions.find(function -> function.getClass().getName().equals(className), accepted).map(UserDefinedFunction::getClass);
    }

    @Override
    public SortedSet<String> functionNames() {
        return functions.names();
    }

    @Override
    public Optional<StateBackend> stateBackend(String name) {
        return stateBackend(name, any -> true);
    }

    Optional<StateBackend> stateBackend(String name, Predicate<Provider> accepted) {
        return backends.find(name, accepted);
    }

    @Override
    public SortedSet<String> stateBackendNames() {
        return backends.names();
    }

    @Override
    public Optional<Provider> providerOf(Object part) {
        return connectors.provider(service -> service == part).or(() -> formats.provider(service -> service == part))
                .or(() -> backends.provider(service -> service == part)).or(() -> functions.provider(service -> service.getClass() == part));
    }
}
