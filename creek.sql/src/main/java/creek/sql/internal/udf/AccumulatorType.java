package creek.sql.internal.udf;

import creek.core.data.DataType;
import creek.core.data.Schema;
import java.util.List;

/**
 * The accumulator of an aggregate function, and what comes of it.
 *
 * @param javaType the class of accumulators
 * @param isPlain  whether state holds the accumulator itself, a value that SQL has a type for; it is the only field then
 * @param fields   in order of their names
 * @param result   the class that {@code getValue} returns
 * @param merges   whether there is a method {@code merge}
 */
public record AccumulatorType(Class<?> javaType, boolean isPlain, List<AccumulatorField> fields, Class<?> result, boolean merges) {
    /** Of a plain accumulator's only field. */
    public static final String VALUE = "value";

    /** The fields as columns. */
    public Schema schema() {
        Schema schema = Schema.empty();
        for (AccumulatorField field : fields) {
            schema = schema.with(field.name(), field.type());
        }
        return schema;
    }

    /** Whether all accumulators take the same room. */
    public boolean isFixedSize() {
        return fields.stream().noneMatch(each -> each.isMutable() || each.javaType() == String.class);
    }

    static AccumulatorType plain(Class<?> javaType, DataType type, Class<?> result, boolean merges) {
        return new AccumulatorType(javaType, true, List.of(new AccumulatorField(VALUE, javaType, type.nullable(true), "", "")), result, merges);
    }
}
