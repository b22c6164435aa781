package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.internal.state.SortedRows;
import creek.core.internal.state.SortedRowsMap;
import creek.core.internal.state.TimeToLive;
import java.util.Arrays;

/**
 * OVER aggregates, of all rows up to the current one, in an order that is not that of time: a row goes to its place among those of its partition,
 * and those behind it are updated, until one stays as it is. Takes rows back, too. Keeps all rows of a partition, each with its accumulator.
 */
public final class NonTimeOverOperator extends Operator {
    private final KeySelector partitionBy;
    private final SortKey order;
    private final boolean rows;
    private final int inputArity;

    /** To each row is attached what is accumulated up to it, and in a RANGE up to the last of its peers. */
    private final SortedRowsMap<SortedRows> partitions;

    private final Accumulator prototype;
    private final Accumulator now;
    private final Accumulator before;
    private final BinaryWriter key = new BinaryWriter();
    private final BinaryWriter sortKey = new BinaryWriter();
    private final BinaryWriter bytes = new BinaryWriter();
    private final BinaryWriter accumulated = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();
    private final Row read;
    private final Row out;

    private final class Partitions extends SortedRowsMap<SortedRows> {
        private final BinaryWriter rowsSortKey = new BinaryWriter();

        Partitions(Schema schema) {
            super(schema);
        }

        @Override
        protected SortedRows create() {
            return new SortedRows(this);
        }

        @Override
        protected BinaryWriter sortKey(Row row) {
            rowsSortKey.reset();
            order.write(row, rowsSortKey);
            return rowsSortKey;
        }
    }

    /**
     * @param schema      the columns of the input
     * @param partitionBy the columns of PARTITION BY
     * @param order       the order in a partition
     * @param rows        whether rows that are equal in the order see only those that came before them (ROWS), or each other (RANGE)
     * @param prototype   of the accumulator for all aggregates
     * @param results     number of columns that the accumulator makes
     */
    public NonTimeOverOperator(Schema schema, KeySelector partitionBy, SortKey order, boolean rows, Accumulator prototype, int results) {
        this.partitionBy = partitionBy;
        this.order = order;
        this.rows = rows;
        inputArity = schema.size();
        partitions = new Partitions(schema);
        this.prototype = prototype;
        now = prototype.newInstance();
        before = prototype.newInstance();
        read = new Row(inputArity);
        out = new Row(inputArity + results);
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        prototype.open(newContext);
        TimeToLive timeToLive = TimeToLive.of(newContext);
        partitions.expireAfter(timeToLive);
        partitions.keep(newContext, "rows", partitionBy.form() + ", " + now.form(), timeToLive.isLimited());
    }

    @Override
    public void process(Row row) throws Exception {
        key.reset();
        partitionBy.write(row, key);
        sortKey.reset();
        order.write(row, sortKey);
        partitions.pack(row, bytes);
        SortedRows at = partitions.get(key);
        if (row.kind().isRetraction()) {
            if (at != null) {
                remove(at);
            }
            return;
        }
        if (at == null) {
            at = new SortedRows(partitions);
            partitions.add(key.toBytes(), at);
        } else {
            partitions.touch();
        }
        insert(at, row);
    }

    private void insert(SortedRows at, Row row) throws Exception {
        RowKind kind = row.kind();
        int place = at.placeFor(sortKey);
        resume(at, place - 1);
        now.accumulate(row);
        byte[] reached = reached().toBytes();
        for (int i = rows ? place : firstPeer(at, place); i < place; i++) {
            if (!Arrays.equals(at.attached(i), reached)) {
                update(at, i, reached);
            }
        }
        at.insert(place, sortKey, bytes, reached);
        emit(kind, at, place, now);
        updateFrom(at, place + 1);
    }

    /** A row that is not there, as its state has expired, is ignored. */
    private void remove(SortedRows at) throws Exception {
        int end = at.placeFor(sortKey);
        int first = firstPeer(at, end);
        int place = first;
        while (place < end && !at.isRow(place, bytes)) {
            place++;
        }
        if (place == end) {
            return;
        }
        partitions.touch();
        if (rows) {
            retract(at, place);
            resume(at, place - 1);
        } else {
            removePeer(at, first, place, end);
        }
        at.remove(place);
        updateFrom(at, rows ? place : end - 1);
        if (at.size() == 0) {
            partitions.remove(key.toBytes());
        }
    }

    private void removePeer(SortedRows at, int first, int place, int end) throws Exception {
        resume(at, first - 1);
        for (int i = first; i < end; i++) {
            if (i != place) {
                now.accumulate(row(at, i));
            }
        }
        byte[] reached = reached().toBytes();
        boolean same = Arrays.equals(at.attached(place), reached);
        for (int i = first; i < end; i++) {
            if (i == place) {
                retract(at, i);
            } else if (!same) {
                update(at, i, reached);
            }
        }
    }

    /** Goes on behind a place, from what is accumulated now, up to the first row that this makes no difference to. */
    private void updateFrom(SortedRows at, int from) throws Exception {
        int place = from;
        while (place < at.size()) {
            int end = place + 1;
            now.accumulate(row(at, place));
            while (!rows && end < at.size() && at.arePeers(end, place)) {
                now.accumulate(row(at, end++));
            }
            if (is(at.attached(place), reached())) {
                return;
            }
            byte[] reached = accumulated.toBytes();
            for (; place < end; place++) {
                update(at, place, reached);
            }
        }
    }

    private int firstPeer(SortedRows at, int end) {
        int first = end;
        while (first > 0 && at.isKey(first - 1, sortKey)) {
            first--;
        }
        return first;
    }

    private static boolean is(byte[] known, BinaryWriter other) {
        return Arrays.equals(known, 0, known.length, other.bytes(), 0, other.size());
    }

    private void resume(SortedRows at, int place) {
        load(now, place < 0 ? null : at.attached(place));
    }

    /** @param content null for none */
    private void load(Accumulator accumulator, byte[] content) {
        if (content != null) {
            reader.reset(content, 0, content.length);
            accumulator.read(reader);
        } else if (!accumulator.reset()) {
            throw new IllegalStateException("can't be emptied: " + accumulator.getClass());
        }
    }

    private BinaryWriter reached() {
        accumulated.reset();
        now.write(accumulated);
        return accumulated;
    }

    private Row row(SortedRows at, int place) {
        at.read(place, read);
        return read;
    }

    private void update(SortedRows at, int place, byte[] reached) throws Exception {
        load(before, at.attached(place));
        emit(RowKind.UPDATE_BEFORE, at, place, before);
        emit(RowKind.UPDATE_AFTER, at, place, now);
        at.attach(place, reached);
    }

    private void retract(SortedRows at, int place) throws Exception {
        load(before, at.attached(place));
        emit(RowKind.DELETE, at, place, before);
    }

    private void emit(RowKind kind, SortedRows at, int place, Accumulator results) throws Exception {
        at.read(place, out);
        results.emit(out, inputArity);
        out.setKind(kind);
        output.process(out);
    }

    @Override
    public long kept() {
        return partitions.rows();
    }

    @Override
    public String toString() {
        return "Over";
    }
}
