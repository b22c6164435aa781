package creek.core.internal.task;

import creek.core.connector.PendingCommit;
import creek.core.connector.SinkWriter;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What is behind the sink of a test's job, and survives the job: rows that become final with checkpoints, each unit of them once. Thread-safe. */
final class CommittedRows {
    final List<String> rows = new CopyOnWriteArrayList<>();
    final AtomicInteger prepared = new AtomicInteger();
    /** How many calls to come fail. */
    final AtomicInteger failingPrepares = new AtomicInteger();
    final AtomicInteger failingCommits = new AtomicInteger();
    private final Set<Integer> units = new HashSet<>();
    private int lastUnit;

    private synchronized int nextUnit() {
        return ++lastUnit;
    }

    private synchronized void commit(int unit, List<String> rowsOfUnit) throws IOException {
        fail(failingCommits, "commit");
        if (units.add(unit)) {
            rows.addAll(rowsOfUnit);
        }
    }

    private static void fail(AtomicInteger times, String what) throws IOException {
        if (times.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("no " + what);
        }
    }

    /** A writer of it. */
    class Writer implements SinkWriter {
        private final Function<Row, String> text;
        private List<String> open = new ArrayList<>();

        Writer(Function<Row, String> text) {
            this.text = text;
        }

        @Override
        public void open() {
            // nothing to take
        }

        @Override
        public void write(Row row) {
            open.add(text.apply(row));
        }

        @Override
        public PendingCommit beginCommit(long checkpoint) {
            if (open.isEmpty()) {
                return null;
            }
            Unit unit = new Unit(nextUnit(), open);
            open = new ArrayList<>();
            return unit;
        }

        @Override
        public void restore(int version, List<BinaryReader> pending) throws IOException {
            for (BinaryReader unit : pending) {
                int number = unit.readInt();
                List<String> rowsOfUnit = new ArrayList<>();
                for (int left = unit.readInt(); left > 0; left--) {
                    rowsOfUnit.add(unit.readString());
                }
                commit(number, rowsOfUnit);
            }
        }

        @Override
        public void finish() {
            if (!open.isEmpty()) {
                throw new IllegalStateException("no checkpoint has " + open);
            }
        }

        @Override
        public void close() {
            // what is open is lost
        }
    }

    private final class Unit implements PendingCommit {
        private final int number;
        private final List<String> rowsOfUnit;

        Unit(int number, List<String> rowsOfUnit) {
            this.number = number;
            this.rowsOfUnit = rowsOfUnit;
        }

        @Override
        public void write(BinaryWriter output) {
            output.writeInt(number);
            output.writeInt(rowsOfUnit.size());
            rowsOfUnit.forEach(output::writeString);
        }

        @Override
        public void prepare() throws IOException {
            fail(failingPrepares, "room");
            prepared.incrementAndGet();
        }

        @Override
        public void commit() throws IOException {
            CommittedRows.this.commit(number, rowsOfUnit);
        }
    }
}
