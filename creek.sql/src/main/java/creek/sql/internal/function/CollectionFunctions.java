package creek.sql.internal.function;

import static creek.sql.internal.function.Category.COLLECTION;
import static creek.sql.internal.function.Signatures.STRING_OR_NULL;
import static creek.sql.internal.function.Signatures.function;
import static creek.sql.internal.function.Signatures.nullableArguments;
import static creek.sql.internal.function.Signatures.orNull;

import creek.core.function.ArrayFunctions;
import creek.core.function.MapFunctions;
import creek.sql.internal.codegen.CollectionCode;
import creek.sql.internal.codegen.FunctionCode;
import creek.sql.internal.codegen.StaticMethod;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions of ARRAY and MAP values. */
final class CollectionFunctions {
    private static final SqlTypeFamily ARRAY_FAMILY = SqlTypeFamily.ARRAY;
    private static final SqlTypeFamily MAP_FAMILY = SqlTypeFamily.MAP;
    private static final SqlTypeFamily ANY = SqlTypeFamily.ANY;
    private static final SqlTypeFamily INTEGER = SqlTypeFamily.INTEGER;

    private static final SqlOperandTypeChecker ARRAY = OperandTypes.family(ARRAY_FAMILY);
    private static final SqlOperandTypeChecker ARRAY_ANY = OperandTypes.family(ARRAY_FAMILY, ANY);
    private static final SqlOperandTypeChecker ARRAY_ARRAY = OperandTypes.family(ARRAY_FAMILY, ARRAY_FAMILY);
    private static final SqlOperandTypeChecker MAP = OperandTypes.family(MAP_FAMILY);

    private static final SqlReturnTypeInference SAME = ReturnTypes.ARG0_NULLABLE;
    private static final SqlReturnTypeInference ELEMENT = orNull(binding -> binding.getOperandType(0).getComponentType());

    static final List<FunctionDefinition> DEFINITIONS = List.of(
            on(SqlStdOperatorTable.CARDINALITY, "CARDINALITY(array | map)", "The number of elements or entries.", array("cardinality")),
            on(SqlStdOperatorTable.ELEMENT, "ELEMENT(array)", "The only element; NULL of an empty array.", array("element")),
            on(function("ARRAY_CONTAINS", nullableOfFirst(SqlTypeName.BOOLEAN), ARRAY_ANY), "ARRAY_CONTAINS(array, element)",
                    "Whether the element is there.", CollectionCode.elementAt(1, array("contains").takesNulls())),
            on(function("ARRAY_POSITION", nullableArguments(ReturnTypes.explicit(SqlTypeName.INTEGER)), ARRAY_ANY),
                    "ARRAY_POSITION(array, element)", "Where the element is first, from 1; 0 if nowhere.",
                    CollectionCode.elementAt(1, array("position").takesNulls())),
            on(function("ARRAY_JOIN", STRING_OR_NULL, OperandTypes.or(OperandTypes.family(ARRAY_FAMILY, SqlTypeFamily.CHARACTER),
                    OperandTypes.family(ARRAY_FAMILY, SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER))),
                    "ARRAY_JOIN(array, delimiter[, null_replacement])", "The strings with a delimiter between them.", array("join")),
            on(function("ARRAY_DISTINCT", SAME, ARRAY), "ARRAY_DISTINCT(array)", "Without duplicates.", array("distinct")),
            on(function("ARRAY_REVERSE", SAME, ARRAY), "ARRAY_REVERSE(array)", "Backwards.", array("reverse")),
            on(function("ARRAY_SORT", SAME, OperandTypes.or(ARRAY, OperandTypes.family(ARRAY_FAMILY, SqlTypeFamily.BOOLEAN),
                    OperandTypes.family(ARRAY_FAMILY, SqlTypeFamily.BOOLEAN, SqlTypeFamily.BOOLEAN))),
                    "ARRAY_SORT(array[, ascending[, null_first]])", "In order.", array("sort")),
            on(function("ARRAY_MIN", ELEMENT, ARRAY), "ARRAY_MIN(array)", "The least element.", array("min")),
            on(function("ARRAY_MAX", ELEMENT, ARRAY), "ARRAY_MAX(array)", "The greatest element.", array("max")),
            on(function("ARRAY_APPEND", widened(1), ARRAY_ANY), "ARRAY_APPEND(array, element)", "With the element at its end.",
                    CollectionCode.elementAt(1, array("append").takesNulls())),
            on(function("ARRAY_PREPEND", widened(1), ARRAY_ANY), "ARRAY_PREPEND(array, element)", "With the element at its start.",
                    CollectionCode.elementAt(1, array("prepend").takesNulls())),
            on(function("ARRAY_REMOVE", nullableOfFirst(null), ARRAY_ANY), "ARRAY_REMOVE(array, element)", "Without that element.",
                    CollectionCode.elementAt(1, array("remove").takesNulls())),
            on(function("ARRAY_SLICE", SAME, OperandTypes.or(OperandTypes.family(ARRAY_FAMILY, INTEGER),
                    OperandTypes.family(ARRAY_FAMILY, INTEGER, INTEGER))), "ARRAY_SLICE(array, start[, end])",
                    "The elements from a place to a place, both included; negative places count from the end.", array("slice")),
            on(function("ARRAY_CONCAT", ReturnTypes.LEAST_RESTRICTIVE, OperandTypes.repeat(SqlOperandCountRanges.from(1), ARRAY_SINGLE())),
                    "ARRAY_CONCAT(array1, array2, ...)", "All arrays one after the other.", CollectionCode.alike(array("concat"))),
            on(function("ARRAY_UNION", ReturnTypes.LEAST_RESTRICTIVE, ARRAY_ARRAY), "ARRAY_UNION(array1, array2)",
                    "What is in either, without duplicates.", CollectionCode.alike(array("union"))),
            on(function("ARRAY_EXCEPT", SAME, ARRAY_ARRAY), "ARRAY_EXCEPT(array1, array2)", "What is in the first and not in the second.",
                    array("except")),
            on(function("ARRAY_INTERSECT", SAME, ARRAY_ARRAY), "ARRAY_INTERSECT(array1, array2)", "What is in both.", array("intersect")),
            on(function("MAP_KEYS", nullableArguments(CollectionFunctions::arrayOfKeys), MAP), "MAP_KEYS(map)", "The keys.", map("keys")),
            on(function("MAP_VALUES", nullableArguments(CollectionFunctions::arrayOfValues), MAP), "MAP_VALUES(map)", "The values.",
                    map("values")),
            on(function("MAP_ENTRIES", nullableArguments(CollectionFunctions::arrayOfEntries), MAP), "MAP_ENTRIES(map)",
                    "The entries, as rows of key and value.", map("entries")),
            on(function("MAP_FROM_ARRAYS", nullableArguments(CollectionFunctions::mapOfArrays), ARRAY_ARRAY), "MAP_FROM_ARRAYS(keys, values)",
                    "A map of keys and values at the same places.", map("fromArrays")),
            on(function("MAP_UNION", ReturnTypes.LEAST_RESTRICTIVE, OperandTypes.variadic(SqlOperandCountRanges.from(1))),
                    "MAP_UNION(map1, map2, ...)", "The entries of all maps; the last one counts.", CollectionCode.alike(map("union"))));

    private CollectionFunctions() {
    }

    private static FunctionDefinition on(SqlOperator operator, String signature, String description, FunctionCode code) {
        return new FunctionDefinition(COLLECTION, operator, signature, description, code);
    }

    private static StaticMethod array(String method) {
        return StaticMethod.of(ArrayFunctions.class, method);
    }

    private static StaticMethod map(String method) {
        return StaticMethod.of(MapFunctions.class, method);
    }

    private static org.apache.calcite.sql.type.SqlSingleOperandTypeChecker ARRAY_SINGLE() {
        return OperandTypes.family(ARRAY_FAMILY);
    }

    /** That type, or the first argument's, null if the first argument is. */
    private static SqlReturnTypeInference nullableOfFirst(SqlTypeName name) {
        return binding -> {
            RelDataTypeFactory types = binding.getTypeFactory();
            RelDataType type = name == null ? binding.getOperandType(0) : types.createSqlType(name);
            return types.createTypeWithNullability(type, binding.getOperandType(0).isNullable());
        };
    }

    /** The first argument's type with elements that an argument of that element type fits into too. */
    private static SqlReturnTypeInference widened(int element) {
        return binding -> {
            RelDataTypeFactory types = binding.getTypeFactory();
            RelDataType array = binding.getOperandType(0);
            RelDataType common = types.leastRestrictive(List.of(array.getComponentType(), binding.getOperandType(element)));
            return common == null ? array : types.createTypeWithNullability(types.createArrayType(common, -1), array.isNullable());
        };
    }

    private static RelDataType arrayOfKeys(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createArrayType(binding.getOperandType(0).getKeyType(), -1);
    }

    private static RelDataType arrayOfValues(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createArrayType(binding.getOperandType(0).getValueType(), -1);
    }

    private static RelDataType arrayOfEntries(SqlOperatorBinding binding) {
        RelDataType map = binding.getOperandType(0);
        return binding.getTypeFactory().createArrayType(binding.getTypeFactory().builder()
                .add("key", map.getKeyType()).add("value", map.getValueType())
                .kind(org.apache.calcite.rel.type.StructKind.PEEK_FIELDS_NO_EXPAND).build(), -1);
    }

    private static RelDataType mapOfArrays(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createMapType(binding.getOperandType(0).getComponentType(),
                binding.getOperandType(1).getComponentType());
    }
}
