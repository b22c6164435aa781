package creek.format.avro;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.format.RowEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.avro.Schema;

/** Encodes rows as a container file: the header, and blocks of about the size that Avro's own writer makes. */
final class ContainerEncoder implements RowEncoder {
    private static final int BLOCK_SIZE = 64_000;

    private final Schema schema;
    private final Codec codec;
    private final RecordWriter writer;
    private final byte[] sync = new byte[ContainerFraming.SYNC_SIZE];

    private final BinaryWriter block = new BinaryWriter();
    private final BinaryWriter compressed = new BinaryWriter();
    private long rows;

    ContainerEncoder(Schema schema, Codec codec, RecordWriter writer) {
        this.schema = schema;
        this.codec = codec;
        this.writer = writer;
        ThreadLocalRandom.current().nextBytes(sync);
    }

    @Override
    public boolean isDelimited() {
        return false;
    }

    @Override
    public void begin(BinaryWriter output) {
        output.writeRaw(ContainerFraming.MAGIC, 0, ContainerFraming.MAGIC.length);
        ValueWriter.writeLong(2, output);
        writeText(ContainerHeader.SCHEMA_KEY, output);
        writeText(schema.toString(), output);
        writeText(ContainerHeader.CODEC_KEY, output);
        writeText(codec.id(), output);
        ValueWriter.writeLong(0, output);
        output.writeRaw(sync, 0, sync.length);
    }

    private static void writeText(String text, BinaryWriter output) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ValueWriter.writeBytes(bytes, 0, bytes.length, output);
    }

    @Override
    public void encode(Row row, BinaryWriter output) {
        writer.write(row, block);
        rows++;
        if (block.size() >= BLOCK_SIZE) {
            flush(output);
        }
    }

    @Override
    public void flush(BinaryWriter output) {
        if (rows == 0) {
            return;
        }
        compressed.reset();
        codec.compress(block.bytes(), block.size(), compressed);
        ValueWriter.writeLong(rows, output);
        ValueWriter.writeBytes(compressed.bytes(), 0, compressed.size(), output);
        output.writeRaw(sync, 0, sync.length);
        block.reset();
        rows = 0;
    }
}
