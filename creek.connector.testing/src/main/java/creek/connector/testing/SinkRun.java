package creek.connector.testing;

import creek.core.connector.Connector;
import creek.core.connector.PendingCommit;
import creek.core.connector.SinkWriter;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import java.util.ArrayList;
import java.util.List;

/** Writes a table as a job with checkpoints does, each step of a checkpoint by itself; fails where a call on the job's thread blocks. */
final class SinkRun implements AutoCloseable {
    private final TestSink table;
    private SinkWriter writer;
    private boolean isOpen;
    private int version;

    /** Rows written, and how many of them the unit begun last, and the last complete checkpoint, have. */
    private final List<Row> rows = new ArrayList<>();
    private int begun;
    private int complete;
    private long checkpoint;
    /** Units that no complete checkpoint has committed yet, and as what they were written. */
    private final List<PendingCommit> pending = new ArrayList<>();
    private List<byte[]> written = List.of();
    /** What the last complete checkpoint has. */
    private List<byte[]> durable = List.of();
    /** Writers of processes that were killed, so to say; they are closed when all is over. */
    private final List<SinkWriter> killed = new ArrayList<>();

    SinkRun(TestSink table) {
        this.table = table;
    }

    TestSink table() {
        return table;
    }

    SinkWriter writer() {
        return writer;
    }

    /** Rows that the last complete checkpoint has. */
    List<Row> completeRows() {
        return rows.subList(0, complete);
    }

    /** All rows; those behind the last complete checkpoint come again after a crash. */
    List<Row> rows() {
        return rows;
    }

    /** What the last complete checkpoint has of the sink. */
    List<byte[]> durable() {
        return durable;
    }

    int version() {
        return version;
    }

    /** Begins, or goes on after a crash, with the rows of the last complete checkpoint. */
    void start(Connector connector) throws Exception {
        table.check(connector);
        writer = connector.createWriter(table);
        writer.restore(durable.isEmpty() ? writer.commitVersion() : version, readers(durable));
        rows.subList(complete, rows.size()).clear();
        begun = complete;
        pending.clear();
        open();
    }

    private void open() throws Exception {
        Promptly.call("open", () -> {
            writer.open();
            return null;
        });
        isOpen = true;
    }

    private static List<BinaryReader> readers(List<byte[]> units) {
        return units.stream().map(BinaryReader::new).toList();
    }

    /** Writes a row as soon as the writer is ready. */
    void write(Row row) throws Exception {
        while (!writer.isReady()) {
            Promptly.call("flush", this::flush);
            Thread.sleep(1);
        }
        Promptly.call("write", () -> {
            writer.write(row);
            return null;
        });
        rows.add(row);
    }

    Object flush() throws Exception {
        writer.flush();
        return null;
    }

    void begin() throws Exception {
        PendingCommit unit = Promptly.call("beginCommit", () -> writer.beginCommit(++checkpoint));
        if (unit != null) {
            pending.add(unit);
        }
        version = writer.commitVersion();
        begun = rows.size();
        written = new ArrayList<>();
        for (PendingCommit each : pending) {
            BinaryWriter output = new BinaryWriter();
            each.write(output);
            written.add(output.toBytes());
        }
    }

    void prepare() throws Exception {
        for (PendingCommit each : pending) {
            each.prepare();
        }
    }

    /** The checkpoint is durable. */
    void complete() {
        durable = written;
        complete = begun;
    }

    void commit() throws Exception {
        for (PendingCommit each : pending) {
            each.commit();
        }
    }

    void forget() {
        pending.clear();
    }

    void checkpoint() throws Exception {
        begin();
        prepare();
        complete();
        commit();
        forget();
    }

    /** As if the process were killed, and started again. */
    void crash(Connector connector) throws Exception {
        killed.add(writer);
        isOpen = false;
        start(connector);
    }

    /** Another version prepares to go on, and is closed instead. */
    void prepareInVain(Connector other) throws Exception {
        try (SinkWriter next = other.createWriter(table)) {
            next.prepare();
        }
    }

    /**
     * Has another version go on: it takes over what is pending if it can, or else begins anew after a checkpoint.
     *
     * @param closeFirst whether the old one is closed before the new one is opened
     */
    void switchTo(Connector other, boolean closeFirst) throws Exception {
        SinkWriter old = writer;
        SinkWriter next = other.createWriter(table);
        next.prepare();
        if (next.canTakeOver(old.commitVersion())) {
            begin();
            List<PendingCommit> taken = Promptly.call("takeOver", () -> next.takeOver(version, readers(written)));
            if (taken.size() != written.size()) {
                throw new AssertionError(taken.size() + " units stand for " + written.size());
            }
            pending.clear();
            pending.addAll(taken);
            switchWriter(old, next, closeFirst);
        } else {
            checkpoint();
            if (old.beginCommit(++checkpoint) != null) {
                throw new AssertionError("nothing was written since the checkpoint, and no other version can take over, but there is something to commit");
            }
            durable = List.of();
            next.restore(next.commitVersion(), List.of());
            switchWriter(old, next, true);
        }
    }

    private void switchWriter(SinkWriter old, SinkWriter next, boolean closeFirst) throws Exception {
        writer = next;
        if (closeFirst) {
            old.close();
        }
        open();
        if (!closeFirst) {
            old.close();
        }
    }

    void finish() throws Exception {
        checkpoint();
        writer.finish();
        close();
    }

    /** Closes the writer, and those that were killed. */
    @Override
    public void close() throws Exception {
        if (isOpen) {
            isOpen = false;
            writer.close();
        }
        for (SinkWriter each : killed) {
            each.close();
        }
        killed.clear();
    }
}
