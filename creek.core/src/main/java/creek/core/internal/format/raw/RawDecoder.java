package creek.core.internal.format.raw;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.format.DecodeException;
import creek.core.format.RowDecoder;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decodes a record's bytes as one value. */
final class RawDecoder implements RowDecoder {
    private final DataType type;
    private final int wanted;
    private final Charset charset;
    private final boolean bigEndian;
    private final int width;

    /** @param wanted how many columns of the row take the value: usually one, none if nobody asks for it */
    RawDecoder(DataType type, int wanted, Charset charset, ByteOrder order) {
        this.type = type;
        this.wanted = wanted;
        this.charset = charset;
        bigEndian = order == ByteOrder.BIG_ENDIAN;
        width = width(type);
    }

    /** How many bytes a value takes, or -1 for any number. */
    static int width(DataType type) {
        return switch (type.root()) {
            case CHAR, VARCHAR, BINARY, VARBINARY -> -1;
            case BOOLEAN, TINYINT -> Byte.BYTES;
            case SMALLINT -> Short.BYTES;
            case INTEGER, FLOAT -> Integer.BYTES;
            case BIGINT, DOUBLE -> Long.BYTES;
            default -> throw new IllegalArgumentException("the format 'raw' can't carry " + type);
        };
    }

    @Override
    public boolean decode(byte[] bytes, int from, int to, Row row) throws DecodeException {
        if (width >= 0 && to - from != width) {
            throw new DecodeException("a value of type " + type + " takes " + width + " bytes, not " + (to - from), 0);
        }
        for (int column = 0; column < wanted; column++) {
            set(bytes, from, to, row, column);
        }
        return true;
    }

    @Override
    public boolean decodeNull(Row row) {
        for (int column = 0; column < wanted; column++) {
            row.setNull(column);
        }
        return true;
    }

    private void set(byte[] bytes, int from, int to, Row row, int column) {
        switch (type.root()) {
            case CHAR, VARCHAR -> {
                if (charset.equals(StandardCharsets.UTF_8)) {
                    row.setUtf8(column, bytes, from, to - from);
                } else {
                    row.setUtf8(column, Utf8.of(new String(bytes, from, to - from, charset)));
                }
            }
            case BINARY, VARBINARY -> row.setObject(column, Arrays.copyOfRange(bytes, from, to));
            case BOOLEAN -> row.setBoolean(column, bytes[from] != 0);
            default -> row.setLong(column, number(bytes, from));
        }
    }

    /** The number, or for floating point its bits, with its sign carried on. */
    private long number(byte[] bytes, int from) {
        long number = bigEndian ? bytes[from] : bytes[from + width - 1];
        for (int i = 1; i < width; i++) {
            number = number << Byte.SIZE | bytes[bigEndian ? from + i : from + width - 1 - i] & 0xFF;
        }
        return number;
    }
}
