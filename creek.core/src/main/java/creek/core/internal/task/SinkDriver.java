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
    /** Null while the job waits for a connector or a format. */
    private SinkWriter writer;
    private final List<PendingCommit> pending = new ArrayList<>();
    /** The units of a writer that is gone; null if there is one. */
    private SinkUnits held;
    private long lastCheckpoint;
    /** Whether the last complete checkpoint has units of this sink, which are then to be taken out of the next. */
    private boolean noted;
    private boolean noting;
    private long written;
    private long droppedBefore;
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
     * @param entry      as {@link #beginCommit} wrote it; null for nothing
     * @param checkpoint the number of the last checkpoint
     */
    void restore(BinaryReader entry, long checkpoint) throws Exception {
        SinkUnits units = entry == null ? new SinkUnits(writer.commitVersion(), List.of()) : SinkUnits.read(id, entry);
        noted = !units.isEmpty();
        lastCheckpoint = checkpoint;
        try {
            writer.restore(units.version(), units.readers());
        } catch (Exception | LinkageError e) {
            throw failure(e);
        }
    }

    /** How many units are pending in a sink's entry of a job that no longer has the sink. */
    static int pending(String id, BinaryReader entry) throws DamagedStateException {
        return SinkUnits.read(id, entry).units().size();
    }

    /** Closes what was written so far as a unit and writes all that is not committed yet to a checkpoint, which is to commit it. */
    List<PendingCommit> beginCommit(long checkpoint, EntryBuffer changes) throws Exception {
        lastCheckpoint = checkpoint;
        SinkUnits units = cut(checkpoint);
        if (!units.isEmpty() || noted) {
            BinaryWriter entry = new BinaryWriter();
            units.write(entry);
            EngineTable.put(changes, EngineTable.SINK, id, entry);
        }
        noting = !units.isEmpty();
        return List.copyOf(pending);
    }

    private SinkUnits cut(long checkpoint) throws Exception {
        flushed = written;
        if (writer == null) {
            return held;
        }
        try {
            beginUnit(checkpoint);
            return SinkUnits.of(writer.commitVersion(), pending);
        } catch (Exception e) {
            throw failure(e);
        }
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

    /** What writes at the moment; null while the job waits for it. */
    SinkWriter writer() {
        return writer;
    }

    /** Closes what was written so far as a unit and gives all units that are not committed yet; empty in a job without checkpoints. */
    SinkUnits units(boolean hasCheckpoints) throws Exception {
        return hasCheckpoints ? cut(lastCheckpoint + 1) : new SinkUnits(0, List.of());
    }

    /** The form of the units of the writer, or of those that one which is gone has left. */
    int unitsVersion() {
        return writer == null ? held.version() : writer.commitVersion();
    }

    /** Lets go of the writer, which whoever calls closes, but not of its units. */
    void detach(SinkUnits units) {
        droppedBefore = dropped();
        writer = null;
        pending.clear();
        held = units;
    }

    /** Goes on with a writer that is open, and with its own units in place of those of the last one. */
    void attach(SinkWriter newcomer, List<PendingCommit> units) {
        writer = newcomer;
        pending.clear();
        pending.addAll(units);
        held = null;
    }

    /** Writes by way of another writer, to the same effect. */
    void setWriter(SinkWriter same) {
        writer = same;
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
        } catch (Exception | LinkageError e) {
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
    private void endOrFail(Throwable e) throws Exception {
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
    public boolean heedsWatermarks() {
        return false;
    }

    @Override
    public void watermark(long watermark) {
        // a table has no use for it
    }

    boolean isReady() {
        return isGone || writer == null || writer.isReady();
    }

    /** Whether there are rows that were not flushed. */
    boolean isDirty() {
        return written != flushed;
    }

    void flush() throws Exception {
        flushed = written;
        if (isGone || writer == null) {
            return;
        }
        try {
            writer.flush();
        } catch (Exception e) {
            endOrFail(e);
        }
    }

    void finish() throws Exception {
        if (isGone || writer == null) {
            return;
        }
        try {
            writer.finish();
        } catch (Exception e) {
            endOrFail(e);
        }
    }

    void close() throws Exception {
        if (writer != null) {
            writer.close();
        }
    }

    long written() {
        return written;
    }

    long dropped() {
        return droppedBefore + (writer == null ? 0 : writer.dropped());
    }

    private TaskException failure(Throwable cause) {
        return TablePlace.failure(table, cause);
    }
}
