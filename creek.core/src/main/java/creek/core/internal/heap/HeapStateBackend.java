package creek.core.internal.heap;

import creek.core.option.ConfigOption;
import creek.core.option.MemorySize;
import creek.core.option.Options;
import creek.core.state.StateBackend;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The state backend {@code heap}: the engine holds all state in memory, and each checkpoint is a file with all of it. */
@Component(property = StateBackend.NAME + "=heap")
public final class HeapStateBackend implements StateBackend {
    static final ConfigOption<Integer> RETAINED = ConfigOption.withDefault("retained-checkpoints", Integer.class, 2,
            "how many checkpoints are kept, the last one among them");
    static final ConfigOption<Boolean> COMPRESSION =
            ConfigOption.withDefault("compression", Boolean.class, true, "whether checkpoints are compressed: less is written, with more work");
    static final ConfigOption<MemorySize> SORT_MEMORY = ConfigOption.withDefault("sort-memory", MemorySize.class, new MemorySize(4 << 20),
            "how many bytes of a checkpoint's entries are held in memory to put them in order");
    static final ConfigOption<MemorySize> LIMIT = ConfigOption.optional("disk.limit", MemorySize.class,
            "how many bytes the store may take up; a checkpoint that would need more fails, and changes nothing");

    @Override
    public List<ConfigOption<?>> options() {
        return List.of(RETAINED, COMPRESSION, SORT_MEMORY, LIMIT);
    }

    @Override
    public boolean isIncremental() {
        return false;
    }

    @Override
    public StateStore open(Path folder, Options options) throws IOException {
        return HeapStateStore.open(folder.toAbsolutePath(), options);
    }
}
