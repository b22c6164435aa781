package creek.format.avro;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.format.DecodeException;
import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Framing;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.format.WantedColumn;
import creek.core.option.Options;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Drives the format as the engine and its connectors do. */
final class AvroTable {
    private static final int SPARE = 8;

    private final AvroFormat format = new AvroFormat();
    private final Schema schema;
    private final Options options;

    AvroTable(Schema schema, Map<String, String> options) {
        this.schema = schema;
        this.options = Options.of(options);
        this.options.check("format 'avro'", format.options(), key -> false);
    }

    List<WantedColumn> all() {
        return IntStream.range(0, schema.size()).mapToObj(i -> new WantedColumn(i, List.of(), schema.type(i))).toList();
    }

    private EncoderContext encoderContext() {
        return new EncoderContext(options, schema, IntStream.range(0, schema.size()).boxed().toList(), ZoneOffset.UTC);
    }

    byte[] message(Row row) {
        BinaryWriter output = new BinaryWriter();
        format.createEncoder(encoderContext()).encode(row, output);
        return output.toBytes();
    }

    Row decodeMessage(byte[] message) throws DecodeException {
        Row row = new Row(schema.size());
        RowDecoder decoder = format.createDecoder(new DecoderContext(options, schema, all(), ZoneOffset.UTC));
        byte[] bytes = new byte[message.length + 3 + SPARE];
        System.arraycopy(message, 0, bytes, 3, message.length);
        return decoder.decode(bytes, 3, 3 + message.length, row) ? row.copy() : null;
    }

    byte[] file(List<Row> rows) {
        RowEncoder encoder = format.createStreamEncoder(encoderContext());
        BinaryWriter output = new BinaryWriter();
        encoder.begin(output);
        for (Row row : rows) {
            encoder.encode(row, output);
            if (encoder.isDelimited()) {
                output.writeByte('\n');
            }
        }
        encoder.flush(output);
        return output.toBytes();
    }

    List<Row> readFile(byte[] file) throws DecodeException {
        return readFile(file, all(), file.length);
    }

    /** Reads the file as if so many bytes came at a time. */
    List<Row> readFile(byte[] file, List<WantedColumn> wanted, int step) throws DecodeException {
        Framing framing = format.framing(options);
        RowDecoder decoder = format.createStreamDecoder(new DecoderContext(options, schema, wanted, ZoneOffset.UTC));
        byte[] bytes = java.util.Arrays.copyOf(file, file.length + SPARE);
        List<Row> rows = new ArrayList<>();
        Row row = new Row(wanted.size());
        int from = 0;
        int available = 0;
        while (available < file.length) {
            available = Math.min(file.length, available + step);
            for (int end = framing.findEnd(bytes, from, available); end >= 0; end = framing.findEnd(bytes, from, available)) {
                decode(decoder, bytes, from, end, row, rows);
                from = end + (framing.isDelimited() ? 1 : 0);
            }
        }
        if (from < file.length) {
            decode(decoder, bytes, from, file.length, row, rows);
        }
        return rows;
    }

    private static void decode(RowDecoder decoder, byte[] bytes, int from, int to, Row row, List<Row> rows) throws DecodeException {
        if (decoder.decode(bytes.clone(), from, to, row)) {
            rows.add(row.copy());
            while (decoder.givesSeveralRows() && decoder.next(row)) {
                rows.add(row.copy());
            }
        }
    }
}
