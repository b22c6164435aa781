package creek.core.internal.task;

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
import creek.core.state.DamagedStateException;
import java.util.Map;

/** Reads one table: reader, decoder, {@linkplain SourceWatermarks watermarks}. A row is handled before the watermark it raises. */
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
    private final OperatorContext context;
    private final Input output;
    private final SourceWatermarks time;
    private final PositionEntries position;

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
    /** The key of the message that is being handed out, for bad records. */
    private byte[] messageKey;
    private int messageKeyFrom;
    private int messageKeyTo;
    private long retryNanos = FIRST_RETRY_NANOS;
    private long retryAt = Long.MIN_VALUE;
    private long lastTurn;

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
        this.context = context;
        this.output = output;
        this.time = new SourceWatermarks(generator, context, onEvent, idleTimeout, output);
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
        int version;
        byte[] restored = null;
        try {
            time.read(entry);
            version = entry.readInt();
            if (version != NO_POSITION && !isEnded()) {
                restored = position.read(entry, positionPieces);
            }
        } catch (RuntimeException e) {
            throw new DamagedStateException("what the state has of source " + id() + " makes no sense: " + e.getMessage(), e);
        }
        if (restored != null) {
            try {
                reader.restorePosition(version, new BinaryReader(restored));
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
        time.write(entry);
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

    void open(long now) throws Exception {
        time.open(now);
        if (isEnded()) {
            return;
        }
        try {
            reader.open();
        } catch (Exception e) {
            throw failure(e);
        }
    }

    /** What it knows of time. */
    SourceWatermarks time() {
        return time;
    }

    /** Whether rows of the record handed out last are still to come. */
    boolean isWithinRecord() {
        return hasFurtherRows;
    }

    /** Emits rows of the record handed out last, as many as there is room for. */
    void finishRecord(long now) throws Exception {
        time.setTime(now);
        full = handed + BATCH_RECORDS;
        try {
            inRecord = true;
            emitFurtherRows();
            endSplitAfterRecord();
        } catch (TaskException e) {
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
     * @param now  what the clock shows
     * @param turn number of the loop's turn
     */
    void read(long now, long turn) throws Exception {
        time.setTime(now);
        lastTurn = turn;
        long before = handed;
        full = before + BATCH_RECORDS;
        ReadStatus status;
        try {
            status = readRecords();
        } catch (TaskException e) {
            throw e;
        } catch (Exception | StackOverflowError e) {
            // a row may be too much for a regular expression
            throw failure(e);
        }
        if (handed > before) {
            time.active();
        }
        if (status == ReadStatus.END_OF_INPUT) {
            time.end();
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
            time.endSplit(endingSplit);
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
        time.row(emittedRow);
    }

    @Override
    public void beginSplit(String name) {
        time.beginSplit(name);
    }

    @Override
    public void endSplit(String name) {
        if (hasFurtherRows) {
            endingSplit = name;
        } else {
            time.endSplit(name);
        }
    }

    @Override
    public boolean isFull() {
        return handed >= full || hasFurtherRows || context.isOutputBusy() || time.isAhead();
    }

    boolean isEnded() {
        return time.isEnded();
    }

    /** Whether it has ended and everybody has been told. */
    boolean isDone() {
        return isEnded() && time.emitted() == Long.MAX_VALUE;
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

    long handed() {
        return handed;
    }

    long skipped() {
        return (decoder == null ? 0 : decoder.ignored()) + (badRecords == null ? 0 : badRecords.count());
    }

    long repeated() {
        return reader.repeated();
    }

    long dropped() {
        return reader.dropped();
    }

    private TaskException failure(Throwable cause) {
        String where = inRecord ? "table '" + table + "', " + reader.location() : "table '" + table + "'";
        return new TaskException(where + ": " + TaskException.reason(cause), cause);
    }
}
