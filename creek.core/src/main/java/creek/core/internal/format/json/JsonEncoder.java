package creek.core.internal.format.json;

import creek.core.data.BinaryWriter;
import creek.core.data.Column;
import creek.core.data.Row;
import creek.core.format.EncoderContext;
import creek.core.format.RowEncoder;
import java.util.List;

/** Writes rows as JSON objects, as Flink does. */
final class JsonEncoder implements RowEncoder {
    private final JsonFieldWriter fields;

    JsonEncoder(EncoderContext context) {
        List<Column> columns = context.columns().stream().map(place -> context.schema().columns().get(place)).toList();
        int[] places = context.columns().stream().mapToInt(Integer::intValue).toArray();
        fields = new JsonFieldWriter(columns, places, context.options());
    }

    @Override
    public void encode(Row row, BinaryWriter output) {
        fields.write(row, output);
    }
}
