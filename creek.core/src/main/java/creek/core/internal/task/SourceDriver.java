package creek.core.internal.task;

import creek.core.connector.EndOfOutputException;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.format.DecodeException;
import creek.core.format.RowDecoder;
import creek.core.internal.state.EngineTable;
import creek.core.internal.state.EntryBuffer;
import creek.core.operator.Input;
import creek.core.operator.OperatorContext;
import creek.core.operator.WatermarkGenerator;
import java.util.Map;

/** Reads one table: reader, decoder, watermarks. A row is handled before the watermark it raises. */
final class SourceDriver implements RecordOutput {
    /** How many records a reader hands out before the loop gets a turn. */
    private static final int BATCH_RECORDS = 1024;
    private static final long FIRST_RETRY_NANOS = 100_000;
    private static final long LAST_RETRY_NANOS = 20_000_000;
    static final int NO_POSITION = -1;

    // what it is made of
    private final String table;
    private final SourceReader reader;
    private final RowDecoder decoder;
    /** The same, where messages have keys; otherwise null. */
    private final MessageDecoder messages;
    /** Null where a record that can't be decoded is an error. */
    private final BadRecords badRecords;
    private final boolean severalRows;
    private final int columns;
    private final int metadata;
    private final WatermarkGenerator generator;
    private final OperatorContext context;
    private final boolean onEvent;
    private final long idleTimeout;
    private final Input output;

    // reading
    private final Row row;
    private long handed;
    private long full;
    private boolean inRecord;
    /** The record handed out last may have further rows. */
    private boolean hasFurtherRows;
    /** What the reader said before those rows were out. */
    private boolean endsAfterRecord;
    private String endingSplit;
    private boolean ended;
    /** The key of the message that is being handed out, for bad records. */
    private byte[] messageKey;
    private int messageKeyFrom;
    private int messageKeyTo;
    private long retryNanos = FIRST_RETRY_NANOS;
    private long retryAt = Long.MIN_VALUE;
    private long lastTurn;

    // watermarks
    private final CombinedWatermark watermarks = new CombinedWatermark();
    private CombinedWatermark.Part split = watermarks.add("");
    private boolean splitsNamed;
    private long emitted = Long.MIN_VALUE;
    private boolean idle;
    private long now;
    private long lastActive;
    /** The watermark beyond which this source waits for others. */
    private long limit = Long.MAX_VALUE;

    private final PositionEntries position;

    /**
     * @param decoder     null for a connector that hands out rows
     * @param badRecords  null where a record that can't be decoded is an error
     * @param columns     number of wanted columns
     * @param metadata    number of metadata columns behind them
     * @param generator   null for a table without watermark
     * @param context     the generator's and, for its place, this source's
     * @param idleTimeout milliseconds, 0 for none
     */
    SourceDriver(String table, SourceReader reader, RowDecoder decoder, BadRecords badRecords, int columns, int metadata, WatermarkGenerator generator,
            OperatorContext context, boolean onEvent, long idleTimeout, Input output) {
        this.table = table;
        this.reader = reader;
        this.decoder = decoder;
        this.messages = decoder instanceof MessageDecoder withKeys ? withKeys : null;
        this.badRecords = badRecords;
        this.severalRows = decoder != null && decoder.givesSeveralRows();
        this.columns = columns;
        this.metadata = metadata;
        this.generator = generator;
        this.context = context;
        this.onEvent = onEvent;
        this.idleTimeout = idleTimeout;
        this.output = output;
        this.row = new Row(columns + metadata);
        this.position = new PositionEntries(context.id());
    }

    String id() {
        return context.id();
    }

    String table() {
        return table;
    }

    /**
     * Takes over where another run of the job was, as {@link #writePosition} wrote it. Before {@link #open}.
     *
     * @param positionPieces the {@link EngineTable#POSITION_PIECE} entries of all sources
     */
    void restore(BinaryReader entry, Map<String, BinaryReader> positionPieces) throws Exception {
        ended = entry.readBoolean();
        idle = entry.readBoolean();
        emitted = entry.readLong();
        splitsNamed = entry.readBoolean();
        watermarks.read(entry);
        String name = entry.readString();
        split = entry.readBoolean() ? watermarks.of(name) : new CombinedWatermark.Part(name);
        int version = entry.readInt();
        if (version != NO_POSITION && !ended) {
            try {
                reader.restorePosition(version, new BinaryReader(position.read(entry, positionPieces)));
            } catch (Exception e) {
                throw failure(e);
            }
        }
    }

    /**
     * Writes where reading stands and what is known of time to a checkpoint. Between two calls of {@link #read}, at the end of a record.
     *
     * @param incremental whether the store has what the last complete checkpoint wrote
     */
    void writePosition(EntryBuffer changes, boolean incremental) throws Exception {
        BinaryWriter entry = new BinaryWriter();
        entry.writeBoolean(ended);
        entry.writeBoolean(idle);
        entry.writeLong(emitted);
        entry.writeBoolean(splitsNamed);
        watermarks.write(entry);
        entry.writeString(split.name);
        entry.writeBoolean(watermarks.parts().contains(split));
        if (reader.hasPosition()) {
            BinaryWriter current = new BinaryWriter();
            try {
                reader.writePosition(current);
            } catch (Exception e) {
                throw failure(e);
            }
            entry.writeInt(reader.positionVersion());
            position.write(current.toBytes(), entry, changes, !incremental);
        } else {
            entry.writeInt(NO_POSITION);
        }
        EngineTable.put(changes, EngineTable.SOURCE, id(), entry);
    }

    /** Says that the position of the last cut is durable. */
    void positionIsDurable() throws Exception {
        byte[] durable = position.complete();
        if (durable != null) {
            try {
                reader.positionIsDurable(new BinaryReader(durable));
            } catch (Exception e) {
                throw failure(e);
            }
        }
    }

    boolean hasPosition() {
        return reader.hasPosition();
    }

    void open(long time) throws Exception {
        now = time;
        lastActive = time;
        watermarks.parts().forEach(part -> part.lastActive = time);
        if (generator != null) {
            generator.open(context);
        }
        if (ended) {
            return;
        }
        try {
            reader.open();
        } catch (Exception e) {
            throw failure(e);
        }
    }

    /** Tells those further down what they knew of time when the checkpoint was taken that the job goes on from. Nothing is due then. */
    void repeatWatermark() throws Exception {
        if (emitted != Long.MIN_VALUE) {
            output.watermark(emitted);
        }
        if (idle) {
            output.idle();
        }
    }

    /** Whether rows of the record handed out last are still to come. */
    boolean isWithinRecord() {
        return hasFurtherRows;
    }

    /** Emits rows of the record handed out last, as many as there is room for. */
    void finishRecord(long time) throws Exception {
        now = time;
        full = handed + BATCH_RECORDS;
        try {
            inRecord = true;
            emitFurtherRows();
            endSplitAfterRecord();
        } catch (EndOfOutputException | TaskException e) {
            throw e;
        } catch (Exception | StackOverflowError e) {
            throw failure(e);
        }
    }

    void close() throws Exception {
        reader.close();
    }

    /**
     * Reads one batch at most.
     *
     * @param time what the clock shows
     * @param turn number of the loop's turn
     */
    void read(long time, long turn) throws Exception {
        now = time;
        lastTurn = turn;
        long before = handed;
        full = before + BATCH_RECORDS;
        ReadStatus status;
        try {
            status = readRecords();
        } catch (EndOfOutputException | TaskException e) {
            throw e;
        } catch (Exception | StackOverflowError e) {
            // a row may be too much for a regular expression
            throw failure(e);
        }
        if (handed > before) {
            split.lastActive = time;
            split.idle = false;
            lastActive = time;
            idle = false;
        }
        if (status == ReadStatus.END_OF_INPUT) {
            ended = true;
        } else if (status == ReadStatus.NOTHING_NOW && handed == before) {
            retryAt = System.nanoTime() + retryNanos;
            retryNanos = Math.min(2 * retryNanos, LAST_RETRY_NANOS);
        } else {
            retryNanos = FIRST_RETRY_NANOS;
        }
    }

    /** What is left of the last record comes before all else. */
    private ReadStatus readRecords() throws Exception {
        if (hasFurtherRows) {
            inRecord = true;
            emitFurtherRows();
            if (hasFurtherRows) {
                return ReadStatus.MORE;
            }
            endSplitAfterRecord();
        }
        ReadStatus status = endsAfterRecord ? ReadStatus.END_OF_INPUT : reader.read(this);
        endsAfterRecord = status == ReadStatus.END_OF_INPUT;
        return hasFurtherRows ? ReadStatus.MORE : status;
    }

    private void endSplitAfterRecord() {
        if (!hasFurtherRows && endingSplit != null) {
            endSplit(endingSplit);
            endingSplit = null;
        }
    }

    @Override
    public void record(byte[] bytes, int from, int to) throws Exception {
        inRecord = true;
        handed++;
        if (decode(bytes, from, to)) {
            emit();
            if (severalRows) {
                emitFurtherRows();
            }
        } else if (severalRows) {
            // A header or the like; what counts are rows.
            handed--;
        }
        inRecord = false;
    }

    @Override
    public void message(byte[] key, int keyFrom, int keyTo, byte[] value, int from, int to) throws Exception {
        if (badRecords != null) {
            messageKey = key;
            messageKeyFrom = keyFrom;
            messageKeyTo = keyTo;
        }
        if (messages != null) {
            messages.setKey(key, keyFrom, keyTo);
            record(value, from, to);
        } else if (value != null) {
            record(value, from, to);
        } else {
            inRecord = true;
            handed++;
            if (decoder.decodeNull(row)) {
                emit();
            }
            inRecord = false;
        }
    }

    private boolean decode(byte[] bytes, int from, int to) throws Exception {
        try {
            return decoder.decode(bytes, from, to, row);
        } catch (DecodeException e) {
            reject(e, bytes, from, to);
            return false;
        }
    }

    private boolean decodeNext() throws Exception {
        try {
            return decoder.next(row);
        } catch (DecodeException e) {
            reject(e, null, 0, 0);
            return false;
        }
    }

    private void reject(DecodeException cause, byte[] bytes, int from, int to) throws Exception {
        if (badRecords == null) {
            throw cause;
        }
        badRecords.add(reader.location(), cause.getMessage(), bytes, from, to, messageKey, messageKeyFrom, messageKeyTo);
    }

    /** Those that there is room for now; the reader is not asked for more before all are out. */
    private void emitFurtherRows() throws Exception {
        hasFurtherRows = true;
        while (handed < full && !context.isOutputBusy()) {
            hasFurtherRows = decodeNext();
            if (!hasFurtherRows) {
                break;
            }
            handed++;
            emit();
        }
        inRecord = false;
    }

    @Override
    public void row(Row given) throws Exception {
        inRecord = true;
        handed++;
        if (metadata == 0) {
            emit(given);
        } else {
            for (int i = 0; i < columns; i++) {
                row.setFrom(i, given, i);
            }
            row.setKind(given.kind());
            emit();
        }
        inRecord = false;
    }

    private void emit() throws Exception {
        for (int key = 0; key < metadata; key++) {
            reader.readMetadata(key, row, columns + key);
        }
        emit(row);
    }

    private void emit(Row emittedRow) throws Exception {
        output.process(emittedRow);
        if (generator != null) {
            long watermark = generator.watermark(emittedRow);
            if (watermark > split.watermark) {
                split.watermark = watermark;
                split.idle = false;
                if (onEvent && watermarks.update()) {
                    emitWatermark();
                }
            }
        }
    }

    /** Passes on the watermark that was reached, unless an operator is busy: then the loop calls again. */
    void emitWatermark() throws Exception {
        if (!onEvent) {
            watermarks.update();
        }
        long reached = ended ? Long.MAX_VALUE : watermarks.value();
        if (reached > emitted && !context.isOutputBusy()) {
            emitted = reached;
            output.watermark(reached);
        }
    }

    @Override
    public void beginSplit(String name) {
        if (!splitsNamed) {
            splitsNamed = true;
            watermarks.remove(split);
        }
        split = watermarks.of(name);
        split.lastActive = now;
        split.idle = false;
    }

    @Override
    public void endSplit(String name) {
        if (hasFurtherRows) {
            endingSplit = name;
            return;
        }
        CombinedWatermark.Part done = watermarks.of(name);
        watermarks.remove(done);
        if (split == done) {
            split = new CombinedWatermark.Part("");
        }
        watermarks.update();
    }

    @Override
    public boolean isFull() {
        return handed >= full || hasFurtherRows || context.isOutputBusy() || isAhead();
    }

    /** Says that the clock has gone back by so many milliseconds. */
    void clockWentBack(long millis) {
        lastActive -= millis;
        watermarks.parts().forEach(part -> part.lastActive -= millis);
    }

    /** Marks what has been silent for too long as idle. */
    void checkIdle(long time) throws Exception {
        if (idleTimeout == 0 || ended || idle) {
            return;
        }
        boolean changed = false;
        for (CombinedWatermark.Part part : watermarks.parts()) {
            if (!part.idle && time - part.lastActive >= idleTimeout) {
                part.idle = true;
                changed = true;
            }
        }
        if (changed && watermarks.update()) {
            emitWatermark();
        }
        if (time - lastActive >= idleTimeout && !context.isOutputBusy()) {
            idle = true;
            output.idle();
        }
    }

    /** Has it wait while its watermark is higher than that. */
    void setLimit(long watermark) {
        limit = watermark;
    }

    /** Whether it is to wait for other sources. */
    boolean isAhead() {
        return emitted > limit;
    }

    /** Whether it has been silent for so long that nobody waits for it. */
    boolean isIdle() {
        return idle;
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether it has ended and everybody has been told. */
    boolean isDone() {
        return ended && emitted == Long.MAX_VALUE;
    }

    /** When, by {@link System#nanoTime}, reading is worth a try again. */
    long retryAt() {
        return retryAt;
    }

    void retryNow() {
        retryAt = Long.MIN_VALUE;
    }

    /** The last turn of the loop in which this source was read. */
    long lastTurn() {
        return lastTurn;
    }

    boolean hasWatermarks() {
        return generator != null;
    }

    /** The watermark that was emitted last. */
    long watermark() {
        return emitted;
    }

    long handed() {
        return handed;
    }

    long skipped() {
        return (decoder == null ? 0 : decoder.ignored()) + (badRecords == null ? 0 : badRecords.count());
    }

    private TaskException failure(Throwable cause) {
        String where = inRecord ? "table '" + table + "', " + reader.location() : "table '" + table + "'";
        return new TaskException(where + ": " + TaskException.reason(cause), cause);
    }
}
