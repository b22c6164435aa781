package creek.core.internal.task;

import creek.core.connector.EndOfOutputException;
import creek.core.connector.PendingCommit;
import creek.core.connector.SinkWriter;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.EngineTable;
import creek.core.internal.state.EntryBuffer;
import creek.core.operator.Input;
import creek.core.state.DamagedStateException;
import java.util.ArrayList;
import java.util.List;

/** Writes a stream's rows to one table. */
final class SinkDriver implements Input {
    private final String id;
    private final String table;
    private final SinkWriter writer;
    private final List<PendingCommit> pending = new ArrayList<>();
    /** Whether the last complete checkpoint has units of this sink, which are then to be taken out of the next. */
    private boolean noted;
    private boolean noting;
    private long written;
    private long flushed;
    /** Nobody reads any more what the writer writes. */
    private boolean isGone;

    SinkDriver(String id, String table, SinkWriter writer) {
        this.id = id;
        this.table = table;
        this.writer = writer;
    }

    String id() {
        return id;
    }

    /**
     * Hands the writer what the last checkpoint has of it.
     *
     * @param entry as {@link #beginCommit} wrote it; null for nothing
     */
    void restore(BinaryReader entry) throws Exception {
        int version = writer.commitVersion();
        List<BinaryReader> commits = new ArrayList<>();
        if (entry != null) {
            try {
                version = entry.readInt();
                for (int count = entry.readVarInt(); commits.size() < count; ) {
                    commits.add(new BinaryReader(entry.readBytes()));
                }
            } catch (RuntimeException e) {
                throw damaged(id, e);
            }
        }
        noted = !commits.isEmpty();
        try {
            writer.restore(version, commits);
        } catch (Exception e) {
            throw failure(e);
        }
    }

    private static DamagedStateException damaged(String id, RuntimeException e) {
        return new DamagedStateException("what the state has of sink " + id + " makes no sense: " + e.getMessage(), e);
    }

    /** How many units are pending in a sink's entry of a job that no longer has the sink. */
    static int pending(String id, BinaryReader entry) throws DamagedStateException {
        try {
            entry.readInt();
            return entry.readVarInt();
        } catch (RuntimeException e) {
            throw damaged(id, e);
        }
    }

    /** Closes what was written so far as a unit and writes all that is not committed yet to a checkpoint, which is to commit it. */
    List<PendingCommit> beginCommit(long checkpoint, EntryBuffer changes) throws Exception {
        try {
            flushed = written;
            beginUnit(checkpoint);
            if (!pending.isEmpty() || noted) {
                BinaryWriter entry = new BinaryWriter();
                BinaryWriter commit = new BinaryWriter();
                entry.writeInt(writer.commitVersion());
                entry.writeVarInt(pending.size());
                for (PendingCommit each : pending) {
                    commit.reset();
                    each.write(commit);
                    entry.writeBytes(commit.bytes(), 0, commit.size());
                }
                EngineTable.put(changes, EngineTable.SINK, id, entry);
            }
            noting = !pending.isEmpty();
        } catch (Exception e) {
            throw failure(e);
        }
        return List.copyOf(pending);
    }

    private void beginUnit(long checkpoint) throws Exception {
        if (isGone) {
            return;
        }
        try {
            PendingCommit unit = writer.beginCommit(checkpoint);
            if (unit != null) {
                pending.add(unit);
            }
        } catch (EndOfOutputException e) {
            isGone = true;
        }
    }

    /** Says that the checkpoint begun last is complete. */
    void checkpointIsDurable() {
        noted = noting;
    }

    /** Forgets what has been committed. */
    void committed(List<PendingCommit> commits) {
        pending.removeAll(commits);
    }

    void open() throws Exception {
        try {
            writer.open();
        } catch (Exception e) {
            endOrFail(e);
        }
    }

    @Override
    public void process(Row row) throws Exception {
        if (isGone) {
            return;
        }
        try {
            writer.write(row);
        } catch (Exception e) {
            endOrFail(e);
        }
        written++;
    }

    /** Takes note that nobody reads any more what the writer writes: the record at hand goes on to other sinks, and the job ends after it. */
    private void endOrFail(Exception e) throws Exception {
        if (!(e instanceof EndOfOutputException)) {
            throw failure(e);
        }
        isGone = true;
    }

    /** Whether the reader of what is written has gone, so that the job is to end. */
    boolean isGone() {
        return isGone;
    }

    @Override
    public void watermark(long watermark) {
        // a table has no use for it
    }

    boolean isReady() {
        return isGone || writer.isReady();
    }

    /** Whether there are rows that were not flushed. */
    boolean isDirty() {
        return written != flushed;
    }

    void flush() throws Exception {
        flushed = written;
        if (isGone) {
            return;
        }
        try {
            writer.flush();
        } catch (Exception e) {
            endOrFail(e);
        }
    }

    void finish() throws Exception {
        if (isGone) {
            return;
        }
        try {
            writer.finish();
        } catch (Exception e) {
            endOrFail(e);
        }
    }

    void close() throws Exception {
        writer.close();
    }

    long written() {
        return written;
    }

    long dropped() {
        return writer.dropped();
    }

    private TaskException failure(Exception cause) {
        return new TaskException("table '" + table + "': " + TaskException.reason(cause), cause);
    }
}
