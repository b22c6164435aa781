package creek.core.internal.registry;

import creek.core.connector.Connector;
import creek.core.format.Format;
import creek.core.state.StateBackend;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** Services that come and go as in a framework, without one: each has a bundle of its own. */
public final class TestServices {
    public final LiveConnectorRegistry registry = new LiveConnectorRegistry();
    private final AtomicLong ids = new AtomicLong();
    private final Map<Object, ServiceReference<?>> references = new ConcurrentHashMap<>();

    public void add(String name, String version, Connector connector) {
        registry.addConnector(reference(Connector.NAME, name, version, connector), connector);
    }

    public void remove(Connector connector) {
        registry.removeConnector(forget(connector));
    }

    public void add(String name, String version, Format format) {
        registry.addFormat(reference(Format.NAME, name, version, format), format);
    }

    public void remove(Format format) {
        registry.removeFormat(forget(format));
    }

    public void add(String name, String version, StateBackend backend) {
        registry.addStateBackend(reference(StateBackend.NAME, name, version, backend), backend);
    }

    public void remove(StateBackend backend) {
        registry.removeStateBackend(forget(backend));
    }

    @SuppressWarnings("unchecked")
    private <S> ServiceReference<S> forget(S service) {
        return (ServiceReference<S>) references.remove(service);
    }

    @SuppressWarnings("unchecked")
    private <S> ServiceReference<S> reference(String property, String name, String version, S service) {
        long id = ids.incrementAndGet();
        Bundle bundle = (Bundle) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, method, args) ->
                switch (method.getName()) {
                    case "getBundleId" -> id;
                    case "getSymbolicName" -> "test." + name;
                    case "getVersion" -> new Version(version);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        Map<String, Object> properties = Map.of(property, name, Constants.SERVICE_ID, id);
        ServiceReference<S> reference = (ServiceReference<S>) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ServiceReference.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getProperty" -> properties.get(args[0]);
                    case "getBundle" -> bundle;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        references.put(service, reference);
        return reference;
    }
}
