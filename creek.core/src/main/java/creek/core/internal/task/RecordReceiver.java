package creek.core.internal.task;

import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceReader;
import creek.core.data.Row;
import creek.core.format.DecodeException;
import creek.core.format.RowDecoder;
import creek.core.operator.Input;
import creek.core.operator.OperatorContext;

/** Takes records from one reader, decodes them and hands the rows on: what of a source belongs to one version of its connector and format. */
final class RecordReceiver implements RecordOutput {
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

    // reading
    private final Row row;
    private long handed;
    private long full;
    private boolean inRecord;
    /** It was the decoder, or the reader, that failed within a record: nothing of it was handed on. */
    private boolean failedBeforeRow;
    /** The record handed out last may have further rows. */
    private boolean hasFurtherRows;
    /** What the reader said before those rows were out. */
    private boolean endsAfterRecord;
    private String endingSplit;
    /** The key of the message that is being handed out, for bad records. */
    private byte[] messageKey;
    private int messageKeyFrom;
    private int messageKeyTo;

    /**
     * @param decoder    null for a connector that hands out rows
     * @param badRecords null where a record that can't be decoded is an error
     * @param columns    number of wanted columns
     * @param metadata   number of metadata columns behind them
     * @param context    the source's, for its place
     */
    RecordReceiver(String table, SourceReader reader, RowDecoder decoder, BadRecords badRecords, int columns, int metadata, OperatorContext context,
            SourceWatermarks time, Input output) {
        this.table = table;
        this.reader = reader;
        this.decoder = decoder;
        this.messages = decoder instanceof MessageDecoder withKeys ? withKeys : null;
        this.badRecords = badRecords;
        this.severalRows = decoder != null && decoder.givesSeveralRows();
        this.columns = columns;
        this.metadata = metadata;
        this.context = context;
        this.time = time;
        this.output = output;
        this.row = new Row(columns + metadata);
    }

    SourceReader reader() {
        return reader;
    }

    /** Whether rows of the record handed out last are still to come. */
    boolean isWithinRecord() {
        return hasFurtherRows;
    }

    /** Emits rows of the record handed out last, so many at most. */
    void finishRecord(int most) throws Exception {
        full = handed + most;
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

    /** Reads so many records at most. */
    ReadStatus read(int most) throws Exception {
        full = handed + most;
        try {
            return readRecords();
        } catch (TaskException e) {
            throw e;
        } catch (Exception | StackOverflowError e) {
            // a row may be too much for a regular expression
            throw failure(e);
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
    public int decodeLine(byte[] bytes, int from, int to) {
        return decoder.decodeLine(bytes, from, to, row);
    }

    @Override
    public void decodedLine() throws Exception {
        inRecord = true;
        handed++;
        emit();
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
        } catch (RuntimeException | Error e) {
            failedBeforeRow = true;
            throw e;
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
            failedBeforeRow = bytes != null;
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
        try {
            for (int key = 0; key < metadata; key++) {
                row.setNull(columns + key);
                reader.readMetadata(key, row, columns + key);
            }
        } catch (RuntimeException | Error e) {
            failedBeforeRow = true;
            throw e;
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
    public void noSplits() throws Exception {
        time.noSplits();
    }

    @Override
    public boolean isFull() {
        return handed >= full || hasFurtherRows || context.isOutputBusy() || time.isAhead();
    }

    long handed() {
        return handed;
    }

    long skipped() {
        return (decoder == null ? 0 : decoder.ignored()) + (badRecords == null ? 0 : badRecords.count());
    }

    /** Whether what failed was the connector or the format, and nobody behind them has seen anything of the record. */
    boolean failedBetweenRows() {
        return !inRecord || failedBeforeRow;
    }

    TaskException failure(Throwable cause) {
        String where = inRecord ? "table '" + table + "', " + reader.location() : "table '" + table + "'";
        return new TaskException(table, where + ": " + TaskException.reason(cause), cause);
    }
}
