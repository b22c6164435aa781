package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.TimeToLive;
import java.util.Objects;

/** Keeps the last row of each key, by a time column or by arrival: each later row updates the one before. */
public final class KeepLastOperator extends BufferingOperator {
    private static final class Last {
        byte[] row;
        long time;
    }

    private final KeySelector keys;
    private final int timeColumn;
    private final boolean eventTime;
    private final boolean updateBefore;
    private final RowSerializer serializer;
    private final KeyMap<Last> lasts = new KeyMap<>();
    private boolean limited;
    private final BinaryWriter key = new BinaryWriter();
    private final BinaryWriter bytes = new BinaryWriter();
    private final BinaryReader reader = new BinaryReader();
    private final Row out;

    /**
     * @param schema       the columns of the rows
     * @param timeColumn   the time attribute that decides
     * @param eventTime    whether it is one of event time, a later arrival winning among equals; otherwise the order of arrival decides, and a
     *                     row that is as the one before gives nothing
     * @param updateBefore whether {@code -U} rows are wanted
     */
    public KeepLastOperator(Schema schema, KeySelector keys, int timeColumn, boolean eventTime, boolean updateBefore) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.timeColumn = timeColumn;
        this.eventTime = eventTime;
        this.updateBefore = updateBefore;
        serializer = new RowSerializer(schema);
        out = new Row(schema.size());
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        TimeToLive timeToLive = TimeToLive.of(newContext);
        limited = timeToLive.isLimited();
        lasts.expireAfter(timeToLive);
    }

    @Override
    public void process(Row row) throws Exception {
        long time = eventTime ? eventTime(row, timeColumn) : 0;
        key.reset();
        keys.write(row, key);
        Last last = lasts.get(key);
        if (last == null) {
            last = new Last();
            lasts.add(key.toBytes(), last);
            keep(row, last, time);
            emit(last.row, RowKind.INSERT);
        } else if (time >= last.time && (limited || eventTime || !isSame(row, last))) {
            lasts.touch();
            if (updateBefore) {
                emit(last.row, RowKind.UPDATE_BEFORE);
            }
            keep(row, last, time);
            emit(last.row, RowKind.UPDATE_AFTER);
        }
    }

    /** Whether a row is as the one before, but for when it came. */
    private boolean isSame(Row row, Last last) {
        reader.reset(last.row, 0, last.row.length);
        serializer.read(reader, out);
        out.setFrom(timeColumn, row, timeColumn);
        return out.equals(row);
    }

    private void keep(Row row, Last last, long time) {
        bytes.reset();
        serializer.write(row, bytes);
        last.row = bytes.toBytes(last.row);
        last.time = time;
    }

    private void emit(byte[] row, RowKind kind) throws Exception {
        reader.reset(row, 0, row.length);
        serializer.read(reader, out);
        out.setKind(kind);
        output.process(out);
    }

    @Override
    public long kept() {
        return lasts.size();
    }

    @Override
    public String toString() {
        return "keep last";
    }
}
