package creek.connector.file;

import creek.core.option.ConfigOption;
import creek.core.option.MemorySize;
import java.time.Duration;
import java.util.List;

/** The options of {@code filesystem} tables: Flink's where Flink has them. */
final class FileSystemOptions {
    /** What a restart does when the rest of a file is not there any more. */
    enum MissingFile { FAIL, SKIP }

    /** How part files are compressed. */
    enum Compression { NONE, GZIP }

    static final ConfigOption<String> PATH = ConfigOption.required("path", String.class,
            "a file, a directory or a glob to read; the directory to write to");

    static final ConfigOption<Duration> MONITOR_INTERVAL = ConfigOption.optional("source.monitor-interval", Duration.class,
            "how often to look for new files; without it the source ends with the files that are there");
    static final ConfigOption<String> PATH_REGEX = ConfigOption.optional("source.path.regex-pattern", String.class,
            "reads only files whose absolute path matches this regular expression");
    static final ConfigOption<Boolean> FOLLOW = ConfigOption.withDefault("source.follow", Boolean.class, false,
            "follows one growing file, also when it is rotated, and never ends");
    static final ConfigOption<MemorySize> MAX_RECORD_SIZE = ConfigOption.withDefault("source.max-record-size", MemorySize.class,
            new MemorySize(8 << 20), "the longest record that is read; a longer one fails the job");
    static final ConfigOption<MissingFile> MISSING_FILE = ConfigOption.withDefault("source.missing-file", MissingFile.class,
            MissingFile.FAIL, "what a restart does when the rest of a file that it was reading is not there any more: fail, or skip it");

    static final ConfigOption<MemorySize> ROLL_SIZE = ConfigOption.withDefault("sink.rolling-policy.file-size", MemorySize.class,
            new MemorySize(128 << 20), "a part that has reached this size is made final");
    static final ConfigOption<Duration> ROLL_INTERVAL = ConfigOption.withDefault("sink.rolling-policy.rollover-interval", Duration.class,
            Duration.ofMinutes(30), "a part that has been open for so long is made final");
    static final ConfigOption<Duration> ROLL_INACTIVITY = ConfigOption.withDefault("sink.rolling-policy.inactivity-interval", Duration.class,
            Duration.ofMinutes(30), "a part that has got no row for so long is made final");
    static final ConfigOption<Duration> ROLL_CHECK = ConfigOption.withDefault("sink.rolling-policy.check-interval", Duration.class,
            Duration.ofMinutes(1), "how often the two intervals are looked at");
    static final ConfigOption<Compression> COMPRESSION = ConfigOption.withDefault("sink.compression", Compression.class,
            Compression.NONE, "none, or gzip, which adds .gz to the names of the parts");
    static final ConfigOption<String> PARTITION_DEFAULT = ConfigOption.withDefault("partition.default-name", String.class,
            "__HIVE_DEFAULT_PARTITION__", "the partition of rows whose partition column is null or empty");

    static final List<ConfigOption<?>> ALL = List.of(PATH, MONITOR_INTERVAL, PATH_REGEX, FOLLOW, MAX_RECORD_SIZE, MISSING_FILE, ROLL_SIZE,
            ROLL_INTERVAL, ROLL_INACTIVITY, ROLL_CHECK, COMPRESSION, PARTITION_DEFAULT);

    private FileSystemOptions() {
    }
}
