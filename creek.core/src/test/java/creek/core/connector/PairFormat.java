package creek.core.connector;

import creek.core.data.Row;
import creek.core.format.DecodeException;
import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.option.ConfigOption;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records {@code key,number}, or {@code number} alone; an empty one is no row. */
public final class PairFormat implements Format {
    @Override
    public List<ConfigOption<?>> options() {
        return List.of(ConfigOption.withDefault("strict", Boolean.class, true, "accepted only"));
    }

    @Override
    public RowDecoder createDecoder(DecoderContext context) {
        return (bytes, from, to, row) -> decode(bytes, from, to, row);
    }

    private static boolean decode(byte[] bytes, int from, int to, Row row) throws DecodeException {
        if (from == to) {
            return false;
        }
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        int comma = text.indexOf(',');
        try {
            row.setUtf8(0, bytes, from, Math.max(0, comma));
            row.setLong(1, Long.parseLong(text.substring(comma + 1)));
            return true;
        } catch (NumberFormatException e) {
            throw new DecodeException("not a number at byte " + (comma + 1), comma + 1);
        }
    }

    @Override
    public RowEncoder createEncoder(EncoderContext context) {
        throw new UnsupportedOperationException("pairs are only read");
    }
}
