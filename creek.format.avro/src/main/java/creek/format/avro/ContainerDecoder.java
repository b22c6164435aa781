package creek.format.avro;

import creek.core.data.Row;
import creek.core.format.DecodeException;
import creek.core.format.DecoderContext;
import creek.core.format.RowDecoder;
import java.util.Arrays;

/** Decodes container files, whose header and blocks are a record each; a block has many rows. */
final class ContainerDecoder implements RowDecoder {
    private final DecoderContext context;
    private final AvroInput in = new AvroInput();

    // from the header of the file
    private byte[] schemaText;
    private RecordReader reader;
    private Codec codec;
    private byte[] sync;

    // the block
    private final Codec.Block block = new Codec.Block();
    private long rows;

    ContainerDecoder(DecoderContext context) {
        this.context = context;
    }

    @Override
    public boolean givesSeveralRows() {
        return true;
    }

    @Override
    public boolean decode(byte[] bytes, int from, int to, Row row) throws DecodeException {
        in.set(bytes, from, to);
        if (sync == null || bytes[from] == ContainerFraming.MAGIC[0]) {
            readHeader();
            return false;
        }
        readBlock();
        return next(row);
    }

    private void readHeader() throws DecodeException {
        sync = null;
        rows = 0;
        ContainerHeader header = ContainerHeader.read(in);
        if (!Arrays.equals(header.schemaText(), schemaText)) {
            try {
                reader = RecordReader.of(header.schema(), context);
            } catch (IllegalArgumentException e) {
                throw new DecodeException("avro: the file's schema does not fit the table: " + e.getMessage(), -1);
            }
            schemaText = header.schemaText();
        }
        codec = header.codec();
        sync = header.sync();
    }

    private void readBlock() throws DecodeException {
        rows = in.readLong();
        int size = in.readLength();
        int from = in.position();
        in.skip(size);
        int end = in.position();
        in.skip(ContainerFraming.SYNC_SIZE);
        if (in.remaining() > 0 || !Arrays.equals(in.bytes(), end, end + sync.length, sync, 0, sync.length)) {
            throw in.error("the block does not end with the file's marker");
        }
        int length = codec.decompress(in.bytes(), from, end, block);
        if (rows < 0 || rows > length) {
            throw in.error("a block of " + length + " bytes can't have " + rows + " rows");
        }
        in.set(block.bytes, 0, length);
        requireEnd();
    }

    @Override
    public boolean next(Row row) throws DecodeException {
        if (rows == 0) {
            return false;
        }
        row.clear();
        reader.read(in, row);
        rows--;
        requireEnd();
        return true;
    }

    private void requireEnd() throws DecodeException {
        if (rows == 0 && in.remaining() > 0) {
            throw in.error("the block's rows are followed by " + in.remaining() + " more bytes");
        }
    }
}
