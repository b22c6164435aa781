package creek.core.connector;

import creek.core.format.Format;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A registry of what a test gives it. */
public record FixedRegistry(Map<String, Connector> connectors, Map<String, Format> formats) implements ConnectorRegistry {
    @Override
    public Optional<Connector> connector(String name) {
        return Optional.ofNullable(connectors.get(name));
    }

    @Override
    public Optional<Format> format(String name) {
        return Optional.ofNullable(formats.get(name));
    }

    @Override
    public SortedSet<String> connectorNames() {
        return new TreeSet<>(connectors.keySet());
    }

    @Override
    public SortedSet<String> formatNames() {
        return new TreeSet<>(formats.keySet());
    }
}
