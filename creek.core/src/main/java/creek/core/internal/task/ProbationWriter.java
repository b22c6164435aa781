package creek.core.internal.task;

import creek.core.connector.EndOfOutputException;
import creek.core.connector.PendingCommit;
import creek.core.connector.SinkWriter;
import creek.core.data.Row;
import java.util.ArrayList;
import java.util.List;

/** Writes by a newcomer and keeps the rows, so that the version before can write them if the newcomer fails. */
final class ProbationWriter implements SinkWriter {
    private final SinkSwitch trial;
    private final SinkWriter newcomer;
    private final List<PendingCommit> units;
    private final List<Row> rows = new ArrayList<>();
    /** The version before, if it was put back: calls may still come here in the turn in which that happened. */
    private SinkWriter former;
    /** How many rows it has taken, for whoever ends the probation. */
    private volatile int taken;

    ProbationWriter(SinkSwitch trial, SinkSwitch.Opened opened) {
        this.trial = trial;
        this.newcomer = opened.writer();
        this.units = opened.units();
    }

    SinkWriter newcomer() {
        return newcomer;
    }

    List<PendingCommit> units() {
        return units;
    }

    /** How many rows it has taken. */
    int rows() {
        return taken;
    }

    /** Has the version before write what the newcomer was given, and all that follows. */
    void goBack(Throwable failure) throws Exception {
        former = trial.goBack(newcomer, failure);
        for (Row row : rows) {
            former.write(row);
        }
        rows.clear();
    }

    /** Something that the newcomer may fail in. */
    private interface Call {
        void on(SinkWriter writer) throws Exception;
    }

    private void call(Call call) throws Exception {
        if (former == null) {
            try {
                call.on(newcomer);
                return;
            } catch (EndOfOutputException e) {
                throw e;
            } catch (Exception | LinkageError e) {
                goBack(e);
            }
        }
        call.on(former);
    }

    @Override
    public void open() {
        throw new IllegalStateException("it is open already");
    }

    @Override
    public boolean isReady() {
        return (former == null ? newcomer : former).isReady();
    }

    @Override
    public void write(Row row) throws Exception {
        Row copy = row.copy();
        call(writer -> writer.write(copy));
        rows.add(copy);
        taken = rows.size();
    }

    @Override
    public void flush() throws Exception {
        call(SinkWriter::flush);
    }

    @Override
    public long dropped() {
        return (former == null ? newcomer : former).dropped();
    }

    @Override
    public int commitVersion() {
        return (former == null ? newcomer : former).commitVersion();
    }

    @Override
    public PendingCommit beginCommit(long checkpoint) {
        throw new IllegalStateException("no checkpoint is taken during a probation");
    }

    @Override
    public void finish() throws Exception {
        call(SinkWriter::finish);
    }

    @Override
    public void close() throws Exception {
        (former == null ? newcomer : former).close();
    }
}
