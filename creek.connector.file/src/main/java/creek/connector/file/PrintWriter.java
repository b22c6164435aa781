package creek.connector.file;

import creek.core.connector.PendingCommit;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.format.RowEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Prints each row as a line. */
final class PrintWriter implements SinkWriter {
    private final OutputPump pump;
    private final Schema schema;
    /** Makes the lines, or null for Flink's form. */
    private final RowEncoder encoder;
    private final byte[] prefix;

    /** @param outName what the stream is, for messages */
    PrintWriter(SinkContext context, OutputStream out, String outName) {
        pump = new OutputPump(out, outName);
        schema = context.schema();
        encoder = context.options().contains("format")
                ? context.createEncoder(IntStream.range(0, schema.size()).boxed().toList()) : null;
        String identifier = context.options().get(PrintConnector.IDENTIFIER);
        prefix = identifier == null || identifier.isEmpty() ? new byte[0] : (identifier + "> ").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void open() {
        pump.start();
    }

    @Override
    public boolean isReady() {
        return pump.isReady();
    }

    @Override
    public void write(Row row) throws IOException {
        BinaryWriter out = pump.buffer();
        out.writeRaw(prefix, 0, prefix.length);
        if (encoder == null) {
            RowText.append(schema, row, out);
        } else {
            encoder.encode(row, out);
        }
        out.writeByte('\n');
    }

    @Override
    public void flush() throws IOException {
        pump.flush();
    }

    /** The other one prints what it has before it is closed. */
    @Override
    public boolean canTakeOver(int version) {
        return version == commitVersion();
    }

    @Override
    public List<PendingCommit> takeOver(int version, List<BinaryReader> pending) {
        return List.of();
    }

    @Override
    public void finish() throws IOException {
        pump.finish();
    }

    @Override
    public void close() {
        pump.close();
    }
}
