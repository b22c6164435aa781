package creek.core.internal.format.raw;

import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.format.RowEncoder;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Writes one value as its bytes; nothing for NULL. */
final class RawEncoder implements RowEncoder {
    private final DataType type;
    private final int column;
    private final Charset charset;
    private final boolean bigEndian;
    private final int width;

    RawEncoder(DataType type, int column, Charset charset, ByteOrder order) {
        this.type = type;
        this.column = column;
        this.charset = charset;
        bigEndian = order == ByteOrder.BIG_ENDIAN;
        width = RawDecoder.width(type);
    }

    @Override
    public void encode(Row row, BinaryWriter output) {
        if (row.isNullAt(column)) {
            return;
        }
        switch (type.root()) {
            case CHAR, VARCHAR -> {
                Utf8 text = row.getUtf8(column);
                Utf8 encoded = charset.equals(StandardCharsets.UTF_8) ? text : Utf8.of(text.toString().getBytes(charset));
                output.writeRaw(encoded.bytes(), encoded.offset(), encoded.length());
            }
            case BINARY, VARBINARY -> output.writeRaw(row.getBytes(column), 0, row.getBytes(column).length);
            default -> {
                long number = row.getLong(column);
                for (int i = 0; i < width; i++) {
                    output.writeByte((byte) (number >>> Byte.SIZE * (bigEndian ? width - 1 - i : i)));
                }
            }
        }
    }
}
