package creek.core.connector;

import creek.core.data.Schema;
import creek.core.format.RowEncoder;
import creek.core.option.Options;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.osgi.annotation.versioning.ProviderType;

/** What the engine tells a connector about the table to write. */
@ProviderType
public interface SinkContext {
    /** The table's name, for messages. */
    String table();

    /** The job's name. */
    String job();

    /** The table's options, checked; {@code connector} and {@code format} are among them. */
    Options options();

    /** The columns of the rows that will come: those of the table, in its order, and among them the metadata that is to be written. */
    Schema schema();

    /** Where in {@link #schema} the metadata is that is to be written, by key; it is no part of records. */
    default Map<String, Integer> metadata() {
        return Map.of();
    }

    /** The columns that the values of records hold, by place in {@link #schema}: all but metadata, and but the key's where the table says so. */
    default List<Integer> valueColumns() {
        return IntStream.range(0, schema().size()).boxed().toList();
    }

    /** A new encoder for the keys of messages; empty where the table has no format for them. */
    default Optional<RowEncoder> createKeyEncoder() {
        return Optional.empty();
    }

    /** The columns that the table is PARTITIONED BY, by place in {@link #schema}. */
    List<Integer> partitionColumns();

    /** The columns of the table's PRIMARY KEY, by place in {@link #schema}; none if it has none. */
    List<Integer> primaryKey();

    /**
     * A new encoder of the table's format for records that are messages, for rows of {@link #schema} without the partition columns where the
     * connector says it leaves them out.
     *
     * @param columns places in {@link #schema} of the columns to encode, in order
     */
    RowEncoder createEncoder(List<Integer> columns);

    /** A new encoder, as {@link #createEncoder}, for one stream of bytes: each file has its own. */
    RowEncoder createStreamEncoder(List<Integer> columns);

    /** The folder that relative paths are relative to. */
    Path workingDirectory();

    /**
     * Whether the job takes checkpoints. Otherwise rows are final when the writer says so.
     */
    boolean hasCheckpoints();

    /**
     * A folder of this writer's own, for what the connector must keep on disk itself, such as a journal: others of this job for the same table have
     * others. It may not exist yet; it outlives restarts, and a job that starts afresh finds it empty.
     */
    Path dataFolder();

    /** The number of this writer among those that write the table at the same time for this job, from 0 on. */
    default int subtask() {
        return 0;
    }

    /** How many writers that are. Of a connector that does not {@linkplain Connector#takesSeveralWriters take several} it is one. */
    default int parallelism() {
        return 1;
    }

    /** The time; connectors use no other clock. */
    Clock clock();

    /** The session's time zone. */
    ZoneId zone();
}
