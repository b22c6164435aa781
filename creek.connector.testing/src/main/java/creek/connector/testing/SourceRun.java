package creek.connector.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.Connector;
import creek.core.connector.ReadStatus;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

/** Reads a table as the engine does, with what the records should be beside it; fails where a call blocks. */
final class SourceRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(100);

    private final TestSource table;
    private final List<String> provided;
    private SourceReader reader;

    SourceRun(TestSource table, Connector connector, List<String> provided) throws Exception {
        this.table = table;
        this.provided = new ArrayList<>(provided);
        table.check(connector);
        reader = connector.createReader(table);
    }

    TestSource table() {
        return table;
    }

    SourceReader reader() {
        return reader;
    }

    List<String> records() {
        return table.records();
    }

    List<String> provided() {
        return provided;
    }

    int expected() {
        return provided.size();
    }

    void expect(List<String> more) {
        provided.addAll(more);
    }

    void open() throws Exception {
        Promptly.call("open", () -> table.open(reader));
    }

    ReadStatus read(int most) throws Exception {
        ReadStatus status = Promptly.call("read", () -> table.read(most));
        if (status == ReadStatus.NOTHING_NOW) {
            table.pause();
            table.clock().advance(STEP);
        }
        return status;
    }

    /** Reads on until there are that many records in all. */
    void readTo(int count) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (records().size() < count) {
            ReadStatus status = read(count - records().size());
            assertTrue(status != ReadStatus.END_OF_INPUT || records().size() >= count, () -> "ended after " + records().size() + " of " + count);
            assertTrue(System.nanoTime() < end, () -> "only " + records().size() + " of " + count + " records came");
        }
    }

    /** Reads until the source says that it is at its end, which must come without further records. */
    void readEnd() throws Exception {
        int before = records().size();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (read(Integer.MAX_VALUE) != ReadStatus.END_OF_INPUT) {
            assertTrue(System.nanoTime() < end, "the end did not come");
        }
        assertEquals(before, records().size(), () -> "more than was provided: " + records().subList(before, records().size()));
    }

    /** Takes a checkpoint, which becomes durable or not. */
    void checkpoint(boolean durable) throws Exception {
        byte[] position = Promptly.call("writePosition", table::position);
        if (durable) {
            Promptly.call("positionIsDurable", () -> {
                reader.positionIsDurable(new BinaryReader(position));
                return null;
            });
        }
    }

    /** Has another version go on from here. */
    void switchTo(Connector other) throws Exception {
        switchTo(other, Promptly.call("writePosition", table::position));
    }

    /** Has another version go on from a position. */
    void switchTo(Connector other, byte[] position) throws Exception {
        int version = reader.positionVersion();
        close();
        reader = other.createReader(table);
        reader.restorePosition(version, new BinaryReader(position));
        open();
    }

    /** Has another version take over as a platform does: that one prepares beside this one, which reads on to so many records meanwhile. */
    void handOverTo(Connector other, int count) throws Exception {
        byte[] before = Promptly.call("writePosition", table::position);
        SourceReader newcomer = prepared(other, before, count);
        byte[] position = Promptly.call("writePosition", table::position);
        SourceReader old = reader;
        int version = old.positionVersion();
        boolean closesLater = old.closesLater();
        if (!closesLater) {
            old.close();
        }
        newcomer.restorePosition(version, new BinaryReader(position));
        reader = newcomer;
        open();
        if (closesLater) {
            readTo(Math.min(count + 1, expected()));
            old.close();
        }
    }

    /** A newcomer that has prepared while this one has read on to so many records. */
    SourceReader prepared(Connector other, byte[] position, int count) throws Exception {
        int version = reader.positionVersion();
        SourceReader newcomer = other.createReader(table);
        assertTrue(newcomer.acceptsPosition(version), () -> "positions of form " + version + " are not accepted");
        FutureTask<Void> preparation = new FutureTask<>(() -> {
            newcomer.prepare(version, new BinaryReader(position));
            return null;
        });
        Thread thread = new Thread(preparation, "prepare");
        thread.start();
        readTo(count);
        thread.join();
        preparation.get();
        return newcomer;
    }

    void close() throws Exception {
        reader.close();
    }
}
