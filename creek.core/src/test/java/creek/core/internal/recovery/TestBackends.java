package creek.core.internal.recovery;

import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.format.Format;
import creek.core.internal.heap.HeapStateBackend;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.core.state.StateBackend;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The backend {@code heap}, and one that does the same and says that its entries can be read singly. */
final class TestBackends implements ConnectorRegistry {
    private static final StateBackend HEAP = new HeapStateBackend();

    private static final StateBackend ENTRIES = new StateBackend() {
        @Override
        public List<ConfigOption<?>> options() {
            return HEAP.options();
        }

        @Override
        public StateStore open(Path folder, Options options) throws IOException {
            return HEAP.open(folder, options);
        }
    };

    @Override
    public Optional<StateBackend> stateBackend(String name) {
        return switch (name) {
            case "heap" -> Optional.of(HEAP);
            case "entries" -> Optional.of(ENTRIES);
            default -> Optional.empty();
        };
    }

    @Override
    public SortedSet<String> stateBackendNames() {
        return new TreeSet<>(List.of("heap", "entries"));
    }

    @Override
    public Optional<Connector> connector(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Format> format(String name) {
        return Optional.empty();
    }

    @Override
    public SortedSet<String> connectorNames() {
        return Collections.emptySortedSet();
    }

    @Override
    public SortedSet<String> formatNames() {
        return Collections.emptySortedSet();
    }
}
