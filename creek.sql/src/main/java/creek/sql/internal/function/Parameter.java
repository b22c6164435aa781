package creek.sql.internal.function;

import creek.sql.internal.type.CommonTypes;
import creek.sql.internal.type.TimeAttributeType;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** What a function expects of one of its {@link Arguments}. */
record Parameter(String shown, Expectation expectation) {
    private static final Set<SqlTypeName> TEXTS = Set.of(SqlTypeName.CHAR, SqlTypeName.VARCHAR);
    private static final Set<SqlTypeName> BYTES = Set.of(SqlTypeName.BINARY, SqlTypeName.VARBINARY);

    /** Any type but a bare NULL. */
    static final Parameter ANY = new Parameter("<ANY>", (types, given, i) -> given.get(i));
    /** What becomes JSON: any type but those of dates, times of day and intervals. */
    static final Parameter JSON = new Parameter("<ANY>", (types, given, i) -> isUnknown(given.get(i))
            ? types.createSqlType(SqlTypeName.VARCHAR) : given.get(i));
    static final Parameter TEXT = new Parameter("<CHARACTER_STRING>", (types, given, i) -> isUnknown(given.get(i))
            ? types.createSqlType(SqlTypeName.VARCHAR) : ifIn(TEXTS, given.get(i)));
    static final Parameter BINARY = new Parameter("<BINARY_STRING>", (types, given, i) -> isUnknown(given.get(i))
            ? types.createSqlType(SqlTypeName.VARBINARY) : ifIn(BYTES, given.get(i)));
    static final Parameter BOOLEAN = new Parameter("<BOOLEAN>", (types, given, i) -> types.createSqlType(SqlTypeName.BOOLEAN));
    static final Parameter NOT_NULL_BOOLEAN = new Parameter("<BOOLEAN NOT NULL>", (types, given, i) ->
            given.get(i).isNullable() ? null : types.createSqlType(SqlTypeName.BOOLEAN));
    static final Parameter INT = new Parameter("<INTEGER>", (types, given, i) -> types.createSqlType(SqlTypeName.INTEGER));
    /** An integer number of any size. */
    static final Parameter INTEGER = new Parameter("<INTEGER_NUMERIC>", (types, given, i) -> SqlTypeName.INT_TYPES.contains(given.get(i).getSqlTypeName()) ? given.get(i) : null);
    static final Parameter NUMERIC = new Parameter("<NUMERIC>", (types, given, i) -> isUnknown(given.get(i))
            ? types.createSqlType(SqlTypeName.BIGINT) : SqlTypeName.NUMERIC_TYPES.contains(given.get(i).getSqlTypeName()) ? given.get(i) : null);
    static final Parameter ARRAY = new Parameter("<ARRAY>", (types, given, i) -> ifIn(Set.of(SqlTypeName.ARRAY), given.get(i)));
    static final Parameter MAP = new Parameter("<MAP>", (types, given, i) -> ifIn(Set.of(SqlTypeName.MAP), given.get(i)));
    static final Parameter TEXT_ARRAY = new Parameter("ARRAY<STRING>", (types, given, i) -> types.createArrayType(
            types.createTypeWithNullability(types.createSqlType(SqlTypeName.VARCHAR), true), -1));
    /** An array whose elements have an order. */
    static final Parameter COMPARABLE_ARRAY = new Parameter("<ARRAY<COMPARABLE>>", (types, given, i) ->
            given.get(i).getSqlTypeName() == SqlTypeName.ARRAY && isComparable(given.get(i).getComponentType()) ? given.get(i) : null);
    static final Parameter ROWTIME = new Parameter("<TIMESTAMP *ROWTIME*>", (types, given, i) ->
            given.get(i) instanceof TimeAttributeType attribute && attribute.kind() == TimeAttributeType.Kind.ROWTIME ? attribute : null);
    /** What an array that is the first argument has for elements. */
    static final Parameter ELEMENT = new Parameter("<ARRAY ELEMENT>", (types, given, i) -> given.get(0).getComponentType());
    /** What all arguments have in common. */
    static final Parameter COMMON = new Parameter("<COMMON>", (types, given, i) -> {
        List<RelDataType> known = given.stream().filter(type -> !isUnknown(type)).toList();
        return known.isEmpty() ? null : CommonTypes.of(types, known);
    });
    /** As {@link #COMMON}, of values that have an order. */
    static final Parameter COMPARABLE = new Parameter("<COMPARABLE>", (types, given, i) -> {
        RelDataType common = COMMON.expected(types, given, i);
        return common != null && given.stream().noneMatch(Parameter::isUnknown) && (isComparable(common) || common.getSqlTypeName() == SqlTypeName.BOOLEAN) ? common : null;
    });
    /** An array, of the type that all arguments have in common. */
    static final Parameter COMMON_ARRAY = new Parameter("<COMMON ARRAY>", (types, given, i) -> ofAll(SqlTypeName.ARRAY, types, given, i));
    /** A map, of the type that all arguments have in common. */
    static final Parameter COMMON_MAP = new Parameter("<COMMON MAP>", (types, given, i) -> ofAll(SqlTypeName.MAP, types, given, i));

    /** What the argument at a place has to be, given the types of all; null if it can't be. */
    @FunctionalInterface
    interface Expectation {
        RelDataType of(RelDataTypeFactory types, List<RelDataType> given, int place);
    }

    RelDataType expected(RelDataTypeFactory types, List<RelDataType> given, int place) {
        return expectation.of(types, given, place);
    }

    static boolean isUnknown(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.NULL || type.getSqlTypeName() == SqlTypeName.UNKNOWN;
    }

    private static RelDataType ifIn(Set<SqlTypeName> names, RelDataType given) {
        return names.contains(given.getSqlTypeName()) ? given : null;
    }

    private static RelDataType ofAll(SqlTypeName name, RelDataTypeFactory types, List<RelDataType> given, int place) {
        boolean fit = given.stream().allMatch(type -> type.getSqlTypeName() == name);
        return fit ? COMMON.expected(types, given, place) : null;
    }

    private static boolean isComparable(RelDataType element) {
        return switch (element.getSqlTypeName()) {
            case ARRAY, MAP, MULTISET, ROW, STRUCTURED, VARIANT, BOOLEAN, BINARY, VARBINARY -> false;
            default -> true;
        };
    }
}
