package creek.state.xodus;

import creek.core.option.ConfigOption;
import creek.core.option.MemorySize;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.util.List;
import jetbrains.exodus.env.StoreConfig;

/**
 * How a store is set up.
 *
 * @param cacheSize      bytes of the log kept in memory
 * @param fileSize       bytes of a file of a new store's log
 * @param writeBuffer    bytes of a checkpoint's entries that are sorted at a time
 * @param minUtilization how many percent of the files are in use at least
 * @param limit          bytes that the store may take up
 */
record Settings(long cacheSize, int fileSize, int writeBuffer, int minUtilization, long limit) {
    private static final int KILO = 1024;

    static final ConfigOption<MemorySize> CACHE_SIZE = ConfigOption.withDefault("cache.size", MemorySize.class, new MemorySize(6 << 20),
            "How much of the files is kept in memory, in pages of 4 KB.");
    static final ConfigOption<MemorySize> FILE_SIZE = ConfigOption.withDefault("file.size", MemorySize.class, new MemorySize(512 << 10),
            "How large the files of a new store are: 64kb to 16mb, a multiple of 4 KB. Space is reclaimed a file at a time.");
    static final ConfigOption<MemorySize> WRITE_BUFFER = ConfigOption.withDefault("write-buffer.size", MemorySize.class, new MemorySize(2 << 20),
            "How much of a checkpoint is sorted by key at a time, in memory, before it is written.");
    static final ConfigOption<Integer> MIN_UTILIZATION = ConfigOption.withDefault("space.min-utilization", Integer.class, 60,
            "How many percent of the files are in use at least, 30 to 80: more takes less space and more writing.");
    static final ConfigOption<MemorySize> LIMIT = ConfigOption.optional("disk.limit", MemorySize.class,
            "How much space the files may take up; a checkpoint that needs more fails.");

    static List<ConfigOption<?>> options() {
        return List.of(CACHE_SIZE, FILE_SIZE, WRITE_BUFFER, MIN_UTILIZATION, LIMIT);
    }

    static Settings of(Options options) {
        return new Settings(
                within(CACHE_SIZE, options.get(CACHE_SIZE).bytes(), 256 * KILO, Runtime.getRuntime().maxMemory() / 2),
                (int) within(FILE_SIZE, options.get(FILE_SIZE).bytes(), 64 * KILO, 16 * KILO * KILO) / LogFile.PAGE_SIZE * LogFile.PAGE_SIZE,
                (int) within(WRITE_BUFFER, options.get(WRITE_BUFFER).bytes(), 64 * KILO, 256 * KILO * KILO),
                (int) within(MIN_UTILIZATION, options.get(MIN_UTILIZATION), 30, 80),
                options.find(LIMIT).map(MemorySize::bytes).orElse(Long.MAX_VALUE));
    }

    private static long within(ConfigOption<?> option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new OptionException(option.key(), "option '" + option.key() + "': " + value + " is not between " + least + " and " + most);
        }
        return value;
    }

    StoreConfig entries() {
        return Boolean.getBoolean("patricia") ? StoreConfig.WITHOUT_DUPLICATES_WITH_PREFIXING : StoreConfig.WITHOUT_DUPLICATES;
    }

    int treePageSize() {
        return Integer.getInteger("treepage", 128);
    }
}
