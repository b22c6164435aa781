package creek.format.avro;

import creek.core.data.Column;
import creek.core.data.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The Avro schema of an SQL type, as Flink derives it: names, unions with null first, logical types. */
final class SchemaDerivation {
    private static final String RECORD_NAME = "org.apache.flink.avro.generated.record";

    private final boolean legacyTimestamps;

    private SchemaDerivation(boolean legacyTimestamps) {
        this.legacyTimestamps = legacyTimestamps;
    }

    /**
     * The schema of that type.
     *
     * @param legacyTimestamps the option {@code timestamp_mapping.legacy}
     * @throws IllegalArgumentException for a type or name that Avro can't carry
     */
    static Schema of(DataType type, boolean legacyTimestamps) {
        return new SchemaDerivation(legacyTimestamps).derive(type, RECORD_NAME);
    }

    private Schema derive(DataType type, String recordName) {
        Schema schema = switch (type.root()) {
            case NULL -> Schema.create(Schema.Type.NULL);
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case TINYINT, SMALLINT, INTEGER -> Schema.create(Schema.Type.INT);
            case BIGINT -> Schema.create(Schema.Type.LONG);
            case FLOAT -> Schema.create(Schema.Type.FLOAT);
            case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
            case CHAR, VARCHAR -> Schema.create(Schema.Type.STRING);
            case BINARY, VARBINARY -> Schema.create(Schema.Type.BYTES);
            case DATE -> logical(Schema.Type.INT, LogicalTypes.date());
            case TIME_WITHOUT_TIME_ZONE -> time(type);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> logical(Schema.Type.LONG, legacyTimestamps ? legacyTimestamp(type) : localTimestamp(type));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> logical(Schema.Type.LONG, timestamp(type));
            case DECIMAL -> logical(Schema.Type.BYTES, LogicalTypes.decimal(type.precision(), type.scale()));
            case ARRAY -> Schema.createArray(derive(type.children().get(0), recordName));
            case MAP -> map(type, type.children().get(1), recordName);
            case MULTISET -> map(type, DataType.integer().notNull(), recordName);
            case ROW -> record(type, recordName);
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, STRUCTURED_TYPE, VARIANT -> throw new IllegalArgumentException("format 'avro' can't carry " + type);
        };
        boolean union = type.isNullable() && schema.getType() != Schema.Type.NULL;
        return union ? Schema.createUnion(Schema.create(Schema.Type.NULL), schema) : schema;
    }

    private static Schema logical(Schema.Type type, LogicalType logicalType) {
        return logicalType.addToSchema(Schema.create(type));
    }

    private static Schema time(DataType type) {
        if (type.precision() > 3) {
            throw new IllegalArgumentException("format 'avro' can't carry " + type + ": it has TIME(0) to TIME(3)");
        }
        return logical(Schema.Type.INT, LogicalTypes.timeMillis());
    }

    private static LogicalType legacyTimestamp(DataType type) {
        if (type.precision() > 3) {
            throw new IllegalArgumentException("format 'avro' can't carry " + type + ": it has TIMESTAMP(0) to TIMESTAMP(3), and finer ones with"
                    + " 'avro.timestamp_mapping.legacy' = 'false'");
        }
        return LogicalTypes.timestampMillis();
    }

    private static LogicalType localTimestamp(DataType type) {
        return type.precision() <= 3 ? LogicalTypes.localTimestampMillis()
                : type.precision() <= 6 ? LogicalTypes.localTimestampMicros() : LogicalTypes.localTimestampNanos();
    }

    private LogicalType timestamp(DataType type) {
        if (legacyTimestamps) {
            throw new IllegalArgumentException(
                    "format 'avro' can't carry " + type + " without 'avro.timestamp_mapping.legacy' = 'false'");
        }
        return type.precision() <= 3 ? LogicalTypes.timestampMillis()
                : type.precision() <= 6 ? LogicalTypes.timestampMicros() : LogicalTypes.timestampNanos();
    }

    private Schema map(DataType type, DataType value, String recordName) {
        if (!type.children().get(0).isString()) {
            throw new IllegalArgumentException("format 'avro' can't carry " + type + ": keys must be strings");
        }
        return Schema.createMap(derive(value, recordName));
    }

    private Schema record(DataType type, String recordName) {
        try {
            List<Schema.Field> fields = new ArrayList<>();
            for (Column field : type.fields()) {
                Schema schema = derive(field.type(), recordName + "_" + field.name());
                fields.add(field.type().isNullable() ? new Schema.Field(field.name(), schema, null, Schema.Field.NULL_DEFAULT_VALUE)
                        : new Schema.Field(field.name(), schema));
            }
            int dot = recordName.lastIndexOf('.');
            return Schema.createRecord(recordName.substring(dot + 1), null, recordName.substring(0, dot), false, fields);
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException("format 'avro' can't carry " + type + ": " + e.getMessage()
                    + "; Avro's names have letters, digits and '_'", e);
        }
    }
}
