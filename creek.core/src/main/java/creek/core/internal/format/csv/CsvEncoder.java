package creek.core.internal.format.csv;

import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Timestamp;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import creek.core.format.EncoderContext;
import creek.core.format.RowEncoder;
import creek.core.internal.format.Boxing;
import creek.core.internal.format.Digits;
import creek.core.internal.format.EachByte;
import creek.core.internal.format.TextWriter;
import java.util.Base64;
import java.util.List;

/**
 * Writes rows as delimited fields, as Flink does: a text is enclosed in quotes when it is long or has any character that does not sort after
 * the delimiter and the quote; numbers and truth values never are.
 */
final class CsvEncoder implements RowEncoder {
    private static final int MAX_UNQUOTED = 24;

    private final CsvDialect dialect;
    private final DataType[] types;
    private final int[] places;
    private final boolean plainDecimals;
    private final int firstSafe;
    /** Eight times the quote, and the escape, or the quote again where there is none. */
    private final long quotes;
    private final long escapes;
    private final TextWriter writer = new TextWriter();
    private final BinaryWriter text = new BinaryWriter();
    private final Row scratch = new Row(1);

    CsvEncoder(EncoderContext context, CsvDialect dialect) {
        this.dialect = dialect;
        places = context.columns().stream().mapToInt(Integer::intValue).toArray();
        types = context.columns().stream().map(place -> context.schema().type(place)).toArray(DataType[]::new);
        // Refuses types that could not be read either.
        for (DataType type : types) {
            new CsvValue(type, List.of(), dialect, false);
        }
        plainDecimals = !context.options().get(CsvDialect.SCIENTIFIC_DECIMALS);
        firstSafe = Math.max(dialect.delimiter(), dialect.quote()) + 1;
        quotes = EachByte.of(dialect.quote());
        escapes = dialect.escape() == CsvDialect.NONE ? quotes : EachByte.of(dialect.escape());
    }

    @Override
    public void encode(Row row, BinaryWriter output) {
        for (int i = 0; i < types.length; i++) {
            if (i > 0) {
                output.writeByte(dialect.delimiter());
            }
            encode(types[i], row, places[i], output);
        }
    }

    private void encode(DataType type, Row row, int column, BinaryWriter output) {
        if (row.isNullAt(column)) {
            writeNull(output);
            return;
        }
        switch (type.root()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
                    writePlain(type, row, column, output);
            case CHAR, VARCHAR -> {
                Utf8 value = row.getUtf8(column);
                writeText(value.bytes(), value.offset(), value.length(), output);
            }
            default -> {
                text.reset();
                writePlain(type, row, column, text);
                writeText(text.bytes(), 0, text.size(), output);
            }
        }
    }

    /** Writes a value's text without quotes. */
    private void writePlain(DataType type, Row row, int column, BinaryWriter output) {
        switch (type.root()) {
            case BOOLEAN -> TextWriter.writeAscii(row.getBoolean(column) ? "true" : "false", output);
            case TINYINT, SMALLINT, INTEGER, INTERVAL_YEAR_MONTH -> writer.writeLong(row.getInt(column), output);
            case BIGINT, INTERVAL_DAY_TIME -> writer.writeLong(row.getLong(column), output);
            case FLOAT -> writer.writeFloat(row.getFloat(column), output);
            case DOUBLE -> writer.writeDouble(row.getDouble(column), output);
            case DECIMAL -> writer.writeDecimal(row, column, plainDecimals, output);
            case DATE -> writer.writeDate(row.getInt(column), output);
            case TIME_WITHOUT_TIME_ZONE -> writer.writeTime(row.getInt(column), 0, output);
            case CHAR, VARCHAR -> {
                Utf8 value = row.getUtf8(column);
                output.writeRaw(value.bytes(), value.offset(), value.length());
            }
            case BINARY, VARBINARY -> {
                byte[] base64 = Base64.getEncoder().encode(row.getBytes(column));
                output.writeRaw(base64, 0, base64.length);
            }
            case ARRAY -> {
                List<Object> elements = row.getList(column);
                for (int i = 0; i < elements.size(); i++) {
                    writeElement(i, type.children().get(0), elements.get(i), output);
                }
            }
            case ROW -> {
                for (int i = 0; i < type.fields().size(); i++) {
                    DataType field = type.children().get(i);
                    writeElement(i, field, Boxing.box(field, row.getRow(column), i), output);
                }
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> writeTimestamp(type, row, column, output);
            default -> throw new IllegalStateException("a value of type " + type);
        }
    }

    private void writeTimestamp(DataType type, Row row, int column, BinaryWriter output) {
        if (type.isMillis()) {
            writer.writeTimestamp(row.getLong(column), 0, ' ', output);
        } else {
            Timestamp timestamp = row.getTimestamp(column);
            writer.writeTimestamp(timestamp.millis(), timestamp.nanos(), ' ', output);
        }
        if (type.root() == TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
            output.writeByte('Z');
        }
    }

    private void writeElement(int index, DataType type, Object value, BinaryWriter output) {
        if (index > 0) {
            output.writeByte(dialect.arrayDelimiter());
        }
        if (value == null) {
            writeNull(output);
        } else {
            Boxing.unbox(type, value, scratch, 0);
            writePlain(type, scratch, 0, output);
        }
    }

    private void writeNull(BinaryWriter output) {
        if (dialect.nullLiteral() != null) {
            output.writeRaw(dialect.nullLiteral(), 0, dialect.nullLiteral().length);
        }
    }

    private void writeText(byte[] bytes, int offset, int length, BinaryWriter output) {
        byte quote = dialect.quote();
        if (quote == CsvDialect.NONE || !needsQuotes(bytes, offset, length)) {
            output.writeRaw(bytes, offset, length);
            return;
        }
        output.writeByte(quote);
        int copied = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            while (i <= end - Long.BYTES && isPlain(Digits.word(bytes, i))) {
                i += Long.BYTES;
            }
            if (i == end) {
                break;
            }
            if (bytes[i] == quote || bytes[i] == dialect.escape() && bytes[i] != CsvDialect.NONE) {
                // Doubled: what is left of the copy starts with the same character again.
                output.writeRaw(bytes, copied, i + 1 - copied);
                copied = i;
            }
        }
        output.writeRaw(bytes, copied, end - copied);
        output.writeByte(quote);
    }

    /** Whether none of eight characters is a quote or an escape. */
    private boolean isPlain(long word) {
        return (EachByte.equal(word, quotes) | EachByte.equal(word, escapes)) == 0;
    }

    private boolean needsQuotes(byte[] bytes, int offset, int length) {
        if (length > MAX_UNQUOTED && EachByte.isAscii(Digits.word(bytes, offset) | Digits.word(bytes, offset + 8) | Digits.word(bytes, offset + 16))) {
            return true;
        }
        int characters = 0;
        for (int i = offset; i < offset + length && characters <= MAX_UNQUOTED; i++) {
            if (bytes[i] >= 0 && bytes[i] < firstSafe || bytes[i] == dialect.escape() && bytes[i] != CsvDialect.NONE) {
                return true;
            }
            // UTF-16 units, which Flink counts: one for each character and one more for those of four bytes.
            characters += (bytes[i] & 0xC0) == 0x80 ? 0 : (bytes[i] & 0xF8) == 0xF0 ? 2 : 1;
        }
        return characters > MAX_UNQUOTED;
    }
}
