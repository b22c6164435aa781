package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.Timestamp;
import creek.core.data.Utf8;
import creek.core.function.Decimals;
import creek.core.function.Encodings;
import creek.sql.internal.SqlError;
import creek.sql.internal.type.Types;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.TimestampString;

/** Literals: primitive ones in place, others as constants of the class. */
final class LiteralCode {
    private static final int NANOS_DIGITS = 9;

    private final ClassBody body;

    LiteralCode(ClassBody body) {
        this.body = body;
    }

    static Expression nullOf(DataType type) {
        return new Expression(JavaTypes.zero(JavaTypes.of(type)), Expression.ALWAYS, type);
    }

    Expression literal(RexLiteral literal) {
        DataType type = Types.toDataType(literal.getType());
        return literal.isNull() ? nullOf(type) : Expression.notNull(term(literal, type), type);
    }

    private String term(RexLiteral literal, DataType type) {
        return switch (type.root()) {
            case BOOLEAN -> String.valueOf(literal.getValueAs(Boolean.class));
            case TINYINT -> "(byte) " + number(literal).longValue();
            case SMALLINT -> "(short) " + number(literal).longValue();
            case INTEGER, INTERVAL_YEAR_MONTH -> String.valueOf(number(literal).intValue());
            case BIGINT, INTERVAL_DAY_TIME -> longTerm(number(literal).longValue());
            case FLOAT -> Float.isInfinite(number(literal).floatValue()) ? "Float." + infinity(literal) : number(literal).floatValue() + "f";
            case DOUBLE -> Double.isInfinite(number(literal).doubleValue()) ? "Double." + infinity(literal) : number(literal).doubleValue() + "d";
            case DECIMAL -> decimal(number(literal).setScale(type.scale(), RoundingMode.HALF_UP));
            case CHAR, VARCHAR -> text(literal.getValueAs(String.class));
            case BINARY, VARBINARY -> bytes(literal.getValueAs(ByteString.class));
            case DATE, TIME_WITHOUT_TIME_ZONE -> String.valueOf(literal.getValueAs(Integer.class));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp(literal.getValueAs(TimestampString.class), type);
            default -> throw SqlError.unsupported("a literal of type " + type + " is not supported");
        };
    }

    private static BigDecimal number(RexLiteral literal) {
        return literal.getValueAs(BigDecimal.class);
    }

    private static String infinity(RexLiteral literal) {
        return number(literal).signum() < 0 ? "NEGATIVE_INFINITY" : "POSITIVE_INFINITY";
    }

    private static String longTerm(long value) {
        // the most negative one can't be written as a literal behind a minus in every place
        return value == Long.MIN_VALUE ? "Long.MIN_VALUE" : value + "L";
    }

    private String decimal(BigDecimal number) {
        return body.constant("number_" + number.toPlainString(), body.imports().use(Decimals.class) + ".of(\"" + number.unscaledValue() + "\", "
                + number.scale() + ")", number);
    }

    String text(String text) {
        return body.constant(Utf8.class, "text_" + text, body.imports().use(Utf8.class) + ".of(" + JavaNames.literal(text) + ")");
    }

    private String bytes(ByteString bytes) {
        return body.constant(byte[].class, "bytes_" + bytes, body.imports().use(Encodings.class) + ".bytesOfHex(\"" + bytes + "\")");
    }

    private String timestamp(TimestampString text, DataType type) {
        long millis = text.getMillisSinceEpoch();
        if (type.isMillis()) {
            return longTerm(millis);
        }
        int dot = text.toString().indexOf('.');
        String fraction = dot < 0 ? "" : text.toString().substring(dot + 1);
        int nanos = Integer.parseInt((fraction + "0".repeat(NANOS_DIGITS)).substring(0, NANOS_DIGITS)) % 1_000_000;
        return body.constant(Timestamp.class, "timestamp_" + text, "new " + body.imports().use(Timestamp.class) + "(" + longTerm(millis) + ", "
                + nanos + ")");
    }
}
