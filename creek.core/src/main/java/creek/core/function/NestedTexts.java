package creek.core.function;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Timestamp;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** The texts of ARRAY, MAP and ROW values, and of any boxed value of a type, as CAST to STRING gives them. */
public final class NestedTexts {
    private NestedTexts() {
    }

    /** {@code [a, NULL]}, {@code {k=v}}, {@code (1, x)}, {@code (a=1, b=x)} where the type has a name, and of plain types what the other casts give. */
    public static Utf8 toText(Object value, DataType type, ZoneId zone) {
        StringBuilder text = new StringBuilder();
        append(text, value, type, zone);
        return Utf8.of(text.toString());
    }

    private static void append(StringBuilder text, Object value, DataType type, ZoneId zone) {
        if (value == null) {
            text.append("NULL");
            return;
        }
        switch (type.root()) {
            case ARRAY -> appendArray(text, (List<?>) value, type.children().get(0), zone);
            case MAP -> appendMap(text, (Map<?, ?>) value, type.children().get(0), type.children().get(1), zone);
            case MULTISET -> appendMap(text, (Map<?, ?>) value, type.children().get(0), DataType.integer(), zone);
            case ROW, STRUCTURED_TYPE -> appendRow(text, (Row) value, type, zone);
            default -> text.append(atom(value, type, zone));
        }
    }

    private static void appendArray(StringBuilder text, List<?> elements, DataType type, ZoneId zone) {
        text.append('[');
        for (int i = 0; i < elements.size(); i++) {
            text.append(i > 0 ? ", " : "");
            append(text, elements.get(i), type, zone);
        }
        text.append(']');
    }

    private static void appendMap(StringBuilder text, Map<?, ?> entries, DataType key, DataType value, ZoneId zone) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            text.append(separator);
            append(text, entry.getKey(), key, zone);
            text.append('=');
            append(text, entry.getValue(), value, zone);
            separator = ", ";
        }
        text.append('}');
    }

    private static void appendRow(StringBuilder text, Row row, DataType type, ZoneId zone) {
        text.append('(');
        for (int i = 0; i < row.arity(); i++) {
            text.append(i > 0 ? ", " : "");
            if (type.root() == TypeRoot.STRUCTURED_TYPE) {
                text.append(type.fields().get(i).name()).append('=');
            }
            append(text, Boxes.get(row, i, type.children().get(i)), type.children().get(i), zone);
        }
        text.append(')');
    }

    private static Utf8 atom(Object value, DataType type, ZoneId zone) {
        return switch (type.root()) {
            case CHAR, VARCHAR -> (Utf8) value;
            case VARIANT -> Variants.toText((Utf8) value);
            case BOOLEAN -> TextCasts.toText((boolean) value);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> TextCasts.toText(((Number) value).longValue());
            case FLOAT -> TextCasts.toText((float) value);
            case DOUBLE -> TextCasts.toText((double) value);
            case DECIMAL -> TextCasts.toText((BigDecimal) value);
            case BINARY, VARBINARY -> TextCasts.toText((byte[]) value);
            case DATE -> TemporalTexts.date((int) value);
            case TIME_WITHOUT_TIME_ZONE -> TemporalTexts.time((int) value, type.precision());
            case TIMESTAMP_WITHOUT_TIME_ZONE -> value instanceof Timestamp timestamp
                    ? TemporalTexts.timestamp(timestamp, type.precision()) : TemporalTexts.timestamp((long) value, type.precision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> value instanceof Timestamp timestamp
                    ? TemporalTexts.timestampLtz(timestamp, type.precision(), zone)
                    : TemporalTexts.timestampLtz((long) value, type.precision(), zone);
            case INTERVAL_YEAR_MONTH -> TemporalTexts.intervalYearMonth((int) value);
            case INTERVAL_DAY_TIME -> TemporalTexts.intervalDayTime((long) value);
            default -> throw new IllegalArgumentException("no text for a value of type " + type);
        };
    }
}
