package creek.core.connector;

import creek.core.data.BinaryWriter;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a sink wrote between two checkpoints, on its way to become final. {@link SinkWriter#beginCommit} makes it; then come {@link #write} on the
 * job's thread, {@link #prepare} on the checkpoint's thread, the checkpoint itself, and {@link #commit} on the checkpoint's thread.
 *
 * <p>If the checkpoint fails, what is pending stays so: it is written again with the next checkpoint, and committed with that.
 */
@ConsumerType
public interface PendingCommit {
    /**
     * Writes what {@link SinkWriter#restore} needs to commit this after a crash, without anything of the connector's classes. Called once for each
     * checkpoint until one of them is complete.
     */
    void write(BinaryWriter output) throws Exception;

    /**
     * Makes sure that what was written survives a crash and can be committed. May block; an exception fails the checkpoint, not the job. Called
     * again with the next checkpoint then.
     */
    void prepare() throws Exception;

    /**
     * Makes final what was written. Called when the checkpoint is durable; may block. Called again, here or by way of {@link SinkWriter#restore},
     * until it succeeds once, so that it must do no harm when it had already been done.
     */
    void commit() throws Exception;
}
