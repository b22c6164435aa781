package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.Numbered;
import java.util.ArrayList;
import java.util.List;

/** The rows of a session, changes included, in order of their arrival, also after sessions have become one. They are state one by one. */
final class SessionRows extends Accumulator {
    /** A row and its time, local milliseconds. */
    static final class Kept extends Numbered {
        final long start;
        final Row row;

        Kept(long start, Row row) {
            this.start = start;
            this.row = row;
        }
    }

    private List<Kept> rows = new ArrayList<>(1);

    @Override
    public Accumulator newInstance() {
        return new SessionRows();
    }

    int size() {
        return rows.size();
    }

    Row get(int place) {
        return rows.get(place).row;
    }

    List<Kept> all() {
        return rows;
    }

    /** Adds a row, which has the highest number so far. */
    void add(Kept row) {
        rows.add(row);
    }

    @Override
    public void merge(Accumulator other) {
        List<Kept> others = ((SessionRows) other).rows;
        List<Kept> all = new ArrayList<>(rows.size() + others.size());
        int mine = 0;
        for (Kept each : others) {
            while (mine < rows.size() && rows.get(mine).number() < each.number()) {
                all.add(rows.get(mine++));
            }
            all.add(each);
        }
        all.addAll(rows.subList(mine, rows.size()));
        rows = all;
    }

    @Override
    public void accumulate(Row row) {
        throw unused();
    }

    @Override
    public void emit(Row row, int column) {
        throw unused();
    }

    @Override
    public void write(BinaryWriter output) {
        throw unused();
    }

    @Override
    public void read(BinaryReader input) {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("a session's rows come, go and are written one by one");
    }
}
