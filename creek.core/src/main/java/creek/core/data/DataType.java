package creek.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An SQL type, with nullability, under Flink's names. Immutable; {@link #toString()} is Flink's summary string.
 *
 * <p>The internal form of values (in rows, in generated code, as arguments of {@code creek.core.function}):
 *
 * <table>
 * <caption>Internal forms</caption>
 * <tr><td>BOOLEAN</td><td>{@code boolean}</td></tr>
 * <tr><td>TINYINT, SMALLINT, INTEGER, BIGINT</td><td>{@code byte, short, int, long}</td></tr>
 * <tr><td>FLOAT, DOUBLE</td><td>{@code float, double}</td></tr>
 * <tr><td>CHAR, VARCHAR</td><td>{@link Utf8}</td></tr>
 * <tr><td>BINARY, VARBINARY</td><td>{@code byte[]}</td></tr>
 * <tr><td>DECIMAL</td><td>{@link java.math.BigDecimal} of exactly the type's scale</td></tr>
 * <tr><td>DATE</td><td>{@code int} days since 1970-01-01</td></tr>
 * <tr><td>TIME</td><td>{@code int} milliseconds of the day</td></tr>
 * <tr><td>TIMESTAMP, TIMESTAMP_LTZ up to (3)</td><td>{@code long} milliseconds since 1970-01-01 00:00</td></tr>
 * <tr><td>TIMESTAMP, TIMESTAMP_LTZ from (4)</td><td>{@link Timestamp}</td></tr>
 * <tr><td>INTERVAL YEAR TO MONTH</td><td>{@code int} months</td></tr>
 * <tr><td>INTERVAL DAY TO SECOND</td><td>{@code long} milliseconds</td></tr>
 * <tr><td>ARRAY</td><td>{@link java.util.List} of boxed internal forms, nulls included</td></tr>
 * <tr><td>MAP</td><td>{@link java.util.Map}, in order of insertion</td></tr>
 * <tr><td>MULTISET</td><td>{@link java.util.Map} from element to {@code Integer} count</td></tr>
 * <tr><td>ROW, STRUCTURED_TYPE</td><td>{@link Row}</td></tr>
 * <tr><td>VARIANT</td><td>{@link Utf8}: JSON text as {@code creek.core.function.Variants} writes it</td></tr>
 * </table>
 */
public final class DataType {
    public static final int MAX_LENGTH = Integer.MAX_VALUE;

    private final TypeRoot root;
    private final boolean nullable;
    private final int precision;
    private final int scale;
    private final List<DataType> children;
    private final List<Column> fields;
    private final String className;

    private DataType(TypeRoot root, boolean nullable, int precision, int scale, List<DataType> children, List<Column> fields, String className) {
        this.root = Objects.requireNonNull(root, "root");
        this.nullable = nullable;
        this.precision = precision;
        this.scale = scale;
        this.children = List.copyOf(children);
        this.fields = List.copyOf(fields);
        this.className = className;
    }

    private static DataType atomic(TypeRoot root, int precision, int scale) {
        return new DataType(root, true, precision, scale, List.of(), List.of(), "");
    }

    public static DataType string() {
        return varchar(MAX_LENGTH);
    }

    public static DataType varchar(int length) {
        return atomic(TypeRoot.VARCHAR, length, 0);
    }

    public static DataType character(int length) {
        return atomic(TypeRoot.CHAR, length, 0);
    }

    public static DataType bool() {
        return atomic(TypeRoot.BOOLEAN, 0, 0);
    }

    public static DataType bytes() {
        return varbinary(MAX_LENGTH);
    }

    public static DataType varbinary(int length) {
        return atomic(TypeRoot.VARBINARY, length, 0);
    }

    public static DataType binary(int length) {
        return atomic(TypeRoot.BINARY, length, 0);
    }

    public static DataType decimal(int precision, int scale) {
        return atomic(TypeRoot.DECIMAL, precision, scale);
    }

    public static DataType tinyint() {
        return atomic(TypeRoot.TINYINT, 0, 0);
    }

    public static DataType smallint() {
        return atomic(TypeRoot.SMALLINT, 0, 0);
    }

    public static DataType integer() {
        return atomic(TypeRoot.INTEGER, 0, 0);
    }

    public static DataType bigint() {
        return atomic(TypeRoot.BIGINT, 0, 0);
    }

    /** Flink's FLOAT: 32 bits. */
    public static DataType real() {
        return atomic(TypeRoot.FLOAT, 0, 0);
    }

    public static DataType doublePrecision() {
        return atomic(TypeRoot.DOUBLE, 0, 0);
    }

    public static DataType date() {
        return atomic(TypeRoot.DATE, 0, 0);
    }

    public static DataType time(int precision) {
        return atomic(TypeRoot.TIME_WITHOUT_TIME_ZONE, precision, 0);
    }

    public static DataType timestamp(int precision) {
        return atomic(TypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE, precision, 0);
    }

    public static DataType timestampLtz(int precision) {
        return atomic(TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE, precision, 0);
    }

    /** An interval of months; {@code resolution} is Flink's text of its fields, such as {@code YEAR(2) TO MONTH}. */
    public static DataType intervalYearMonth() {
        return atomic(TypeRoot.INTERVAL_YEAR_MONTH, 0, 0);
    }

    /** An interval of milliseconds. */
    public static DataType intervalDayTime() {
        return atomic(TypeRoot.INTERVAL_DAY_TIME, 0, 0);
    }

    public static DataType array(DataType element) {
        return new DataType(TypeRoot.ARRAY, true, 0, 0, List.of(element), List.of(), "");
    }

    public static DataType multiset(DataType element) {
        return new DataType(TypeRoot.MULTISET, true, 0, 0, List.of(element), List.of(), "");
    }

    public static DataType map(DataType key, DataType value) {
        return new DataType(TypeRoot.MAP, true, 0, 0, List.of(key, value), List.of(), "");
    }

    public static DataType row(List<Column> fields) {
        return ofFields(TypeRoot.ROW, fields, "");
    }

    private static DataType ofFields(TypeRoot root, List<Column> fields, String className) {
        List<DataType> types = new ArrayList<>();
        fields.forEach(field -> types.add(field.type()));
        return new DataType(root, true, 0, 0, types, fields, className);
    }

    /** A ROW type with the columns of that schema. */
    public static DataType row(Schema schema) {
        return row(schema.columns());
    }

    /** A ROW type that has a name: that of a Java class, which need not exist. */
    public static DataType structured(String className, Schema fields) {
        return ofFields(TypeRoot.STRUCTURED_TYPE, fields.columns(), className);
    }

    /** What JSON can say. */
    public static DataType variant() {
        return atomic(TypeRoot.VARIANT, 0, 0);
    }

    /** The type of a bare NULL. */
    public static DataType nullType() {
        return atomic(TypeRoot.NULL, 0, 0);
    }

    public TypeRoot root() {
        return root;
    }

    public boolean isNullable() {
        return nullable;
    }

    /** This type, nullable or not. */
    public DataType nullable(boolean wanted) {
        return wanted == nullable ? this : new DataType(root, wanted, precision, scale, children, fields, className);
    }

    public DataType notNull() {
        return nullable(false);
    }

    /** Length of CHAR, VARCHAR, BINARY and VARBINARY; digits of DECIMAL; fractional digits of TIME and TIMESTAMP; else 0. */
    public int precision() {
        return precision;
    }

    /** Fractional digits of DECIMAL; else 0. */
    public int scale() {
        return scale;
    }

    /** Element type of ARRAY and MULTISET; key and value types of MAP; field types of ROW and STRUCTURED_TYPE. */
    public List<DataType> children() {
        return children;
    }

    /** The fields of ROW and STRUCTURED_TYPE; else empty. */
    public List<Column> fields() {
        return fields;
    }

    /** The name of a STRUCTURED_TYPE; else empty. */
    public String className() {
        return className;
    }

    /** The fields of a ROW or STRUCTURED_TYPE as a schema. */
    public Schema schema() {
        return Schema.of(fields);
    }

    public boolean isString() {
        return root == TypeRoot.CHAR || root == TypeRoot.VARCHAR;
    }

    /** Whether values are {@link Row}s. */
    public boolean isRow() {
        return root == TypeRoot.ROW || root == TypeRoot.STRUCTURED_TYPE;
    }

    public boolean isTimestamp() {
        return root == TypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE || root == TypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }

    /** Whether values are plain {@code long} milliseconds: timestamps of at most three fractional digits. */
    public boolean isMillis() {
        return isTimestamp() && precision <= 3;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataType type && root == type.root && nullable == type.nullable && precision == type.precision
                && scale == type.scale && children.equals(type.children) && fields.equals(type.fields) && className.equals(type.className);
    }

    @Override
    public int hashCode() {
        return Objects.hash(root, nullable, precision, scale, children, fields, className);
    }

    @Override
    public String toString() {
        return name() + (nullable ? "" : " NOT NULL");
    }

    private String name() {
        return switch (root) {
            case CHAR, BINARY -> root + "(" + precision + ")";
            case VARCHAR -> precision == MAX_LENGTH ? "STRING" : "VARCHAR(" + precision + ")";
            case VARBINARY -> precision == MAX_LENGTH ? "BYTES" : "VARBINARY(" + precision + ")";
            case DECIMAL -> "DECIMAL(" + precision + ", " + scale + ")";
            case INTEGER -> "INT";
            case TIME_WITHOUT_TIME_ZONE -> "TIME(" + precision + ")";
            case TIMESTAMP_WITHOUT_TIME_ZONE -> "TIMESTAMP(" + precision + ")";
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "TIMESTAMP_LTZ(" + precision + ")";
            case INTERVAL_YEAR_MONTH -> "INTERVAL MONTH";
            case INTERVAL_DAY_TIME -> "INTERVAL SECOND(3)";
            case ARRAY, MULTISET -> root + "<" + children.get(0) + ">";
            case MAP -> "MAP<" + children.get(0) + ", " + children.get(1) + ">";
            case ROW -> "ROW<" + fieldNames() + ">";
            case STRUCTURED_TYPE -> "STRUCTURED<'" + className + "', " + fieldNames() + ">";
            default -> root.name();
        };
    }

    private String fieldNames() {
        StringBuilder text = new StringBuilder();
        for (Column field : fields) {
            text.append(text.length() > 0 ? ", " : "").append('`').append(field.name()).append("` ").append(field.type());
        }
        return text.toString();
    }
}
