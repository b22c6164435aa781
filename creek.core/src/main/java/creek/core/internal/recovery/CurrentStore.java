package creek.core.internal.recovery;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.internal.snapshot.TwinFile;
import creek.core.internal.task.FileNames;
import creek.core.state.DamagedStateException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Which of the stores in a job's folder is the job's: kept in the twin file {@value #FILE}. State moves from one store to another by filling the
 * other and then writing this.
 *
 * @param generation rises with each store; 0 says that there is none yet
 * @param backend    the name of the store's backend
 * @param checkpoint one that is known to have been complete in it: the store must not come back with an earlier one
 * @param base       snapshots with lower numbers are not of this state
 * @param origin     the id of the snapshot that the state began with; 0 if it began empty
 * @param retired    what is added to the name of the store before this one, for people to look at; empty if that is removed
 * @param committed  the checkpoint after which sinks had nothing left to commit when the job ended; 0 if there is none
 */
record CurrentStore(long generation, String backend, long checkpoint, long base, long origin, String retired, long committed) {
    static final String FILE = "current";
    static final CurrentStore NONE = new CurrentStore(0, "", 0, 0, 0, "", 0);

    /** The record, or null if there never was one. */
    static CurrentStore read(TwinFile file) throws IOException {
        byte[] content = file.read();
        if (content == null) {
            return null;
        }
        try {
            BinaryReader reader = new BinaryReader(content);
            return new CurrentStore(reader.readLong(), reader.readString(), reader.readLong(), reader.readLong(), reader.readLong(),
                    reader.readString(), reader.remaining() == 0 ? 0 : reader.readLong());
        } catch (IndexOutOfBoundsException e) {
            throw new DamagedStateException("the record of the job's store is too short", e);
        }
    }

    void write(TwinFile file) throws IOException {
        BinaryWriter writer = new BinaryWriter();
        writer.writeLong(generation);
        writer.writeString(backend);
        writer.writeLong(checkpoint);
        writer.writeLong(base);
        writer.writeLong(origin);
        writer.writeString(retired);
        writer.writeLong(committed);
        file.write(writer.toBytes());
    }

    boolean isNone() {
        return generation == 0;
    }

    Path folder(Path jobFolder) {
        return jobFolder.resolve("store-" + FileNames.of(backend) + "-" + generation);
    }

    CurrentStore withCheckpoint(long newCheckpoint) {
        return new CurrentStore(generation, backend, newCheckpoint, base, origin, retired, committed);
    }

    CurrentStore withCommitted(long checkpointThen) {
        return new CurrentStore(generation, backend, checkpointThen, base, origin, retired, checkpointThen);
    }
}
