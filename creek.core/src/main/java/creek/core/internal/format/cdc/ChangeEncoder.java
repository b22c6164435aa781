package creek.core.internal.format.cdc;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.format.RowEncoder;
import java.nio.charset.StandardCharsets;

/** Encodes each row as a record of its own: what is added as an insert, what is taken back as a delete. */
final class ChangeEncoder implements RowEncoder {
    private final RowEncoder fields;
    private final byte[][] added;
    private final byte[][] takenBack;

    /**
     * @param fields    encodes the row itself
     * @param added     the text of a record, with {@code #} in the place of the row
     * @param takenBack likewise
     */
    ChangeEncoder(RowEncoder fields, String added, String takenBack) {
        this.fields = fields;
        this.added = around(added);
        this.takenBack = around(takenBack);
    }

    private static byte[][] around(String text) {
        int place = text.indexOf('#');
        return new byte[][] {text.substring(0, place).getBytes(StandardCharsets.UTF_8),
            text.substring(place + 1).getBytes(StandardCharsets.UTF_8)};
    }

    @Override
    public void encode(Row row, BinaryWriter output) {
        byte[][] texts = row.kind().isRetraction() ? takenBack : added;
        output.writeRaw(texts[0], 0, texts[0].length);
        fields.encode(row, output);
        output.writeRaw(texts[1], 0, texts[1].length);
    }
}
