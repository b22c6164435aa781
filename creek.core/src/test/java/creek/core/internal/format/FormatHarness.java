package creek.core.internal.format;

import creek.core.data.BinaryWriter;
import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Timestamp;
import creek.core.format.DecodeException;
import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.Framing;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.format.WantedColumn;
import creek.core.option.Options;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** Drives a format as the engine does, and shows rows as CAST(... AS STRING) does. */
public final class FormatHarness {
    /** Bytes after each record that must not matter: they would close an object, a string and a number. */
    private static final byte[] AFTER = "\"}1234567".getBytes(StandardCharsets.US_ASCII);

    private final Format format;
    private final Options options;
    private final Schema schema;
    private final List<WantedColumn> wanted;
    private final RowDecoder decoder;
    private RowEncoder encoder;

    public FormatHarness(Format format, Map<String, String> options, String schema, WantedColumn... wanted) {
        this.format = format;
        this.options = Options.of(options);
        this.schema = Schemas.schema(schema);
        this.wanted = wanted.length > 0 ? List.of(wanted) : IntStream.range(0, this.schema.size())
                .mapToObj(i -> new WantedColumn(i, List.of(), this.schema.type(i))).toList();
        this.options.check("format", format.options(), key -> false);
        decoder = format.createDecoder(new DecoderContext(this.options, this.schema, this.wanted, ZoneOffset.UTC));
    }

    public Schema schema() {
        return schema;
    }

    public long ignored() {
        return decoder.ignored();
    }

    /** The rows of a file of that content, one line each. */
    public String decode(String content) throws DecodeException {
        byte[] bytes = padded(content.getBytes(StandardCharsets.UTF_8));
        int end = bytes.length - AFTER.length;
        StringJoiner lines = new StringJoiner("\n");
        Framing framing = format.framing(options);
        for (int from = 0; from < end;) {
            int to = framing.findEnd(bytes, from, end);
            int next = to < 0 ? end : to + 1;
            to = to < 0 ? end : to > from && bytes[to - 1] == '\r' ? to - 1 : to;
            Row row = decodeRecord(Arrays.copyOfRange(bytes, from, to));
            if (row != null) {
                lines.add(show(row));
            }
            from = next;
        }
        return lines.toString();
    }

    /** The changes that lines hold, one line each, as {@code +I 1 | a}. */
    public String changes(String content) throws DecodeException {
        StringJoiner lines = new StringJoiner("\n");
        for (String line : content.split("\n")) {
            Row row = decodeRecord(line.getBytes(StandardCharsets.UTF_8));
            boolean more = row != null;
            while (more) {
                lines.add(row.kind().shortString() + " " + show(row));
                more = decoder.next(row);
            }
        }
        return lines.toString();
    }

    /** The row of a record, or null if there is none in it. */
    public Row decodeRecord(byte[] record) throws DecodeException {
        Row row = new Row(wanted.size());
        // Not at the start of the array, so that places and offsets are told apart.
        byte[] bytes = new byte[record.length + AFTER.length + 3];
        System.arraycopy(record, 0, bytes, 3, record.length);
        System.arraycopy(AFTER, 0, bytes, 3 + record.length, AFTER.length);
        return decoder.decode(Arrays.copyOf(bytes, bytes.length - 1), 3, 3 + record.length, row) ? row : null;
    }

    /** {@link RowDecoder#decodeLine}, into a row of the wanted columns. */
    public int decodeLine(byte[] bytes, int from, int to, Row row) {
        return decoder.decodeLine(bytes, from, to, row);
    }

    public String show(Row row) {
        StringJoiner line = new StringJoiner(" | ");
        for (int i = 0; i < wanted.size(); i++) {
            line.add(show(wanted.get(i).wantedType(), Boxing.box(wanted.get(i).wantedType(), row, i)));
        }
        return line.toString();
    }

    public String encode(Row row) {
        return new String(encodeBytes(row), StandardCharsets.UTF_8);
    }

    public byte[] encodeBytes(Row row) {
        if (encoder == null) {
            encoder = format.createEncoder(
                    new EncoderContext(options, schema, IntStream.range(0, schema.size()).boxed().toList(), ZoneOffset.UTC));
        }
        BinaryWriter output = new BinaryWriter();
        encoder.encode(row, output);
        return output.toBytes();
    }

    private static byte[] padded(byte[] content) {
        byte[] bytes = Arrays.copyOf(content, content.length + AFTER.length);
        System.arraycopy(AFTER, 0, bytes, content.length, AFTER.length);
        return bytes;
    }

    private static String show(DataType type, Object value) {
        if (value == null) {
            return "NULL";
        }
        return switch (type.root()) {
            case BOOLEAN -> value.toString().toUpperCase(Locale.ROOT);
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case BINARY, VARBINARY -> new String((byte[]) value, StandardCharsets.UTF_8);
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIME_WITHOUT_TIME_ZONE -> DateTimeFormatter.ofPattern("HH:mm:ss.SSS").format(LocalTime.ofNanoOfDay((Integer) value * 1_000_000L));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                Timestamp timestamp = value instanceof Timestamp fine ? fine : Timestamp.ofMillis((Long) value);
                String pattern = "yyyy-MM-dd HH:mm:ss" + (type.precision() > 0 ? "." + "S".repeat(type.precision()) : "");
                yield DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC)
                        .format(Instant.ofEpochMilli(timestamp.millis()).plusNanos(timestamp.nanos()));
            }
            case ARRAY -> {
                List<String> elements = new ArrayList<>();
                ((List<?>) value).forEach(element -> elements.add(show(type.children().get(0), element)));
                yield elements.toString();
            }
            case MAP -> {
                StringJoiner entries = new StringJoiner(", ", "{", "}");
                ((Map<?, ?>) value).forEach(
                        (key, each) -> entries.add(show(type.children().get(0), key) + "=" + show(type.children().get(1), each)));
                yield entries.toString();
            }
            case ROW -> {
                StringJoiner fields = new StringJoiner(", ", "(", ")");
                for (int i = 0; i < type.fields().size(); i++) {
                    Column field = type.fields().get(i);
                    fields.add(show(field.type(), Boxing.box(field.type(), (Row) value, i)));
                }
                yield fields.toString();
            }
            default -> value.toString();
        };
    }
}
