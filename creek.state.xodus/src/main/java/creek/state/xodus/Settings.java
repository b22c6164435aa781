package creek.state.xodus;

import creek.core.option.ConfigOption;
import creek.core.option.MemorySize;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.util.List;

/**
 * How a store is set up.
 *
 * @param cacheSize      bytes of the log kept in memory
 * @param fileSize       bytes of a file of a new store's log
 * @param changesSize    bytes of memory for changes that are not in the tree yet
 * @param writeBuffer    bytes of a checkpoint's entries that are sorted at a time
 * @param minUtilization how many percent of the files are in use at least
 * @param limit          bytes that the store may take up
 */
record Settings(long cacheSize, int fileSize, long changesSize, int writeBuffer, int minUtilization, long limit) {
    private static final int KILO = 1024;

    static final ConfigOption<MemorySize> CACHE_SIZE = ConfigOption.optional("cache.size", MemorySize.class,
            "How much of the files is kept in memory, in pages of 4 KB. A sixteenth of the heap, but 512kb to 4mb, if this is left out.");
    static final ConfigOption<MemorySize> FILE_SIZE = ConfigOption.withDefault("file.size", MemorySize.class, new MemorySize(512 << 10),
            "How large the files of a new store are: 256kb to 16mb. Space is reclaimed a file at a time.");
    static final ConfigOption<MemorySize> CHANGES_SIZE = ConfigOption.optional("changes.size", MemorySize.class,
            "How much memory checkpoints fill with changes before these go into the tree; more makes for less writing. A twelfth of the heap, but 1mb to"
                    + " 8mb, if this is left out. Of a store that is less than five times that size, a fifth of it.");
    static final ConfigOption<MemorySize> WRITE_BUFFER = ConfigOption.optional("write-buffer.size", MemorySize.class,
            "How much of a checkpoint is sorted by key at a time, in memory, before it is written. As much as changes.size if this is left out.");
    static final ConfigOption<Integer> MIN_UTILIZATION = ConfigOption.withDefault("space.min-utilization", Integer.class, 60,
            "How many percent of the files are in use at least, 30 to 80: more takes less space and more writing.");
    static final ConfigOption<MemorySize> LIMIT = ConfigOption.optional("disk.limit", MemorySize.class,
            "How much space the files may take up; a checkpoint that needs more fails.");

    static List<ConfigOption<?>> options() {
        return List.of(CACHE_SIZE, FILE_SIZE, CHANGES_SIZE, WRITE_BUFFER, MIN_UTILIZATION, LIMIT);
    }

    static Settings of(Options options) {
        return new Settings(
                within(CACHE_SIZE, cacheSize(options), 256 * KILO, Runtime.getRuntime().maxMemory() / 2),
                (int) within(FILE_SIZE, options.get(FILE_SIZE).bytes(), 256 * KILO, 16 * KILO * KILO) / LogFile.PAGE_SIZE * LogFile.PAGE_SIZE,
                within(CHANGES_SIZE, changesSize(options), 0, Runtime.getRuntime().maxMemory() / 2),
                (int) within(WRITE_BUFFER, options.find(WRITE_BUFFER).map(MemorySize::bytes)
                        .orElse(Math.max(changesSize(options), 1 << 20)), 64 * KILO, 256 * KILO * KILO),
                (int) within(MIN_UTILIZATION, options.get(MIN_UTILIZATION), 30, 80),
                options.find(LIMIT).map(MemorySize::bytes).orElse(Long.MAX_VALUE));
    }

    private static long cacheSize(Options options) {
        return options.find(CACHE_SIZE).map(MemorySize::bytes).orElse(Math.max(512 << 10, Math.min(4 << 20, Runtime.getRuntime().maxMemory() / 16)));
    }

    private static long changesSize(Options options) {
        return options.find(CHANGES_SIZE).map(MemorySize::bytes).orElse(Math.max(1 << 20, Math.min(8 << 20, Runtime.getRuntime().maxMemory() / 12)));
    }

    private static long within(ConfigOption<?> option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new OptionException(option.key(), "option '" + option.key() + "': " + value + " is not between " + least + " and " + most);
        }
        return value;
    }
}
