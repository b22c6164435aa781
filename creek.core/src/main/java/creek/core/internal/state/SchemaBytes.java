package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.data.TypeRoot;
import java.util.ArrayList;
import java.util.List;

/** Schemas to bytes and back, for the catalogue. */
final class SchemaBytes {
    private SchemaBytes() {
    }

    static void write(Schema schema, BinaryWriter output) {
        output.writeVarInt(schema.size());
        for (Column column : schema.columns()) {
            output.writeString(column.name());
            write(column.type(), output);
        }
    }

    static Schema read(BinaryReader input) {
        List<Column> columns = new ArrayList<>();
        for (int size = input.readVarInt(); columns.size() < size; ) {
            columns.add(new Column(input.readString(), readType(input)));
        }
        return Schema.of(columns);
    }

    private static void write(DataType type, BinaryWriter output) {
        output.writeString(type.root().name());
        output.writeBoolean(type.isNullable());
        switch (type.root()) {
            case CHAR, VARCHAR, BINARY, VARBINARY, TIME_WITHOUT_TIME_ZONE, TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    output.writeVarInt(type.precision());
            case DECIMAL -> {
                output.writeVarInt(type.precision());
                output.writeVarInt(type.scale());
            }
            case ARRAY, MULTISET, MAP -> type.children().forEach(child -> write(child, output));
            case ROW -> write(type.schema(), output);
            case STRUCTURED_TYPE -> {
                output.writeString(type.className());
                write(type.schema(), output);
            }
            default -> {
                // the root says it all
            }
        }
    }

    private static DataType readType(BinaryReader input) {
        TypeRoot root = TypeRoot.valueOf(input.readString());
        boolean nullable = input.readBoolean();
        DataType type = switch (root) {
            case CHAR -> DataType.character(input.readVarInt());
            case VARCHAR -> DataType.varchar(input.readVarInt());
            case BOOLEAN -> DataType.bool();
            case BINARY -> DataType.binary(input.readVarInt());
            case VARBINARY -> DataType.varbinary(input.readVarInt());
            case DECIMAL -> DataType.decimal(input.readVarInt(), input.readVarInt());
            case TINYINT -> DataType.tinyint();
            case SMALLINT -> DataType.smallint();
            case INTEGER -> DataType.integer();
            case BIGINT -> DataType.bigint();
            case FLOAT -> DataType.real();
            case DOUBLE -> DataType.doublePrecision();
            case DATE -> DataType.date();
            case TIME_WITHOUT_TIME_ZONE -> DataType.time(input.readVarInt());
            case TIMESTAMP_WITHOUT_TIME_ZONE -> DataType.timestamp(input.readVarInt());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> DataType.timestampLtz(input.readVarInt());
            case INTERVAL_YEAR_MONTH -> DataType.intervalYearMonth();
            case INTERVAL_DAY_TIME -> DataType.intervalDayTime();
            case ARRAY -> DataType.array(readType(input));
            case MULTISET -> DataType.multiset(readType(input));
            case MAP -> DataType.map(readType(input), readType(input));
            case ROW -> DataType.row(read(input));
            case STRUCTURED_TYPE -> DataType.structured(input.readString(), read(input));
            case VARIANT -> DataType.variant();
            case NULL -> DataType.nullType();
        };
        return type.nullable(nullable);
    }
}
