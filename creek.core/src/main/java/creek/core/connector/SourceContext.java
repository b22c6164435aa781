package creek.core.connector;

import creek.core.data.Schema;
import creek.core.format.Framing;
import creek.core.option.Options;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/** What the engine tells a connector about the table to read. */
@ProviderType
public interface SourceContext {
    /** The table's name, for messages. */
    String table();

    /** The table's options, checked; {@code connector} and {@code format} are among them. */
    Options options();

    /** The columns of the rows that a connector without format makes: the physical ones that the job wants, in this order. */
    Schema schema();

    /** The metadata that the job wants, in the order in which {@link SourceReader#readMetadata} is asked for it. */
    List<String> metadataKeys();

    /** How a stream of bytes is cut into records: the format's, or lines where there is none. */
    Framing framing();

    /** The folder that relative paths are relative to. */
    Path workingDirectory();

    /**
     * Whether the job takes checkpoints. Otherwise no position is ever asked for, nor durable.
     */
    boolean hasCheckpoints();

    /**
     * A folder of this reader's own, for what the connector must keep on disk itself, such as a journal: others of this job for the same table have
     * others. It may not exist yet; it outlives restarts, and a job that starts afresh finds it empty.
     */
    Path dataFolder();

    /**
     * Which share of the table is to be read, from 0 on: others read the others. Of a connector that is not
     * {@linkplain Connector#isSplittable splittable} there is one share, which is all.
     */
    default int subtask() {
        return 0;
    }

    /** How many shares there are. */
    default int parallelism() {
        return 1;
    }

    /**
     * What the readers of all shares must agree on, such as what files there are, which may change from one look to the next: the first reader that asks
     * makes it, the others wait and get the same. Once for each table that is read, on any of the job's threads.
     *
     * @param maker what makes it; it may block
     * @throws Exception of the maker; the next reader to ask tries again
     */
    default <T> T common(Callable<T> maker) throws Exception {
        return maker.call();
    }

    /**
     * What is piped into the process, for the reader of a table of that: a channel that never blocks, and gives 0 bytes where there is nothing now.
     * Closing it leaves to the next reader what was not read.
     *
     * @throws IOException if it is being read already
     */
    default ReadableByteChannel standardInput() throws IOException {
        throw new IOException("there is no standard input");
    }

    /** The time; connectors use no other clock. */
    Clock clock();

    /** Makes the job's loop call {@link SourceReader#read} again soon. From any thread. */
    void wakeUp();
}
