package creek.core.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaBytesTest {
    /** A schema that was written and read. */
    static Schema copy(Schema schema) {
        BinaryWriter output = new BinaryWriter();
        SchemaBytes.write(schema, output);
        BinaryReader input = new BinaryReader(output.toBytes());
        Schema copy = SchemaBytes.read(input);
        assertEquals(0, input.remaining());
        return copy;
    }

    @Test
    void allTypesComeBack() {
        Schema schema = Schema.empty();
        Schema inner = Schema.empty().with("a b", DataType.string().notNull()).with("c", DataType.decimal(38, 10));
        List<DataType> types = List.of(DataType.string(), DataType.varchar(5), DataType.character(1), DataType.bool(), DataType.bytes(),
                DataType.varbinary(3), DataType.binary(2), DataType.decimal(10, 3), DataType.tinyint(), DataType.smallint(), DataType.integer(),
                DataType.bigint(), DataType.real(), DataType.doublePrecision(), DataType.date(), DataType.time(3), DataType.timestamp(0),
                DataType.timestampLtz(9), DataType.intervalYearMonth(), DataType.intervalDayTime(), DataType.array(DataType.integer().notNull()),
                DataType.multiset(DataType.string()), DataType.map(DataType.string(), DataType.array(DataType.bool())), DataType.row(inner),
                DataType.structured("some.Type", inner), DataType.variant(), DataType.nullType());
        for (DataType type : types) {
            schema = schema.with("c" + schema.size(), type).with("n" + schema.size(), type.notNull());
        }
        assertEquals(schema, copy(schema));
    }
}
