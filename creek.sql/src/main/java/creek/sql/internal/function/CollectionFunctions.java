package creek.sql.internal.function;

import static creek.sql.internal.function.Category.COLLECTION;
import static creek.sql.internal.function.Signatures.STRING;
import static creek.sql.internal.function.Signatures.function;
import static creek.sql.internal.function.Signatures.nullableArguments;
import static creek.sql.internal.function.Signatures.orNull;

import creek.core.function.ArrayFunctions;
import creek.core.function.MapFunctions;
import creek.sql.internal.codegen.FunctionCode;
import creek.sql.internal.codegen.StaticMethod;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions of ARRAY and MAP values. */
final class CollectionFunctions {
    private static final Arguments ARRAY = Arguments.of(Parameter.ARRAY);
    private static final Arguments ARRAY_ELEMENT = Arguments.of(Parameter.ARRAY, Parameter.ELEMENT);
    private static final Arguments COMMON_ARRAYS = Arguments.of(Parameter.COMMON_ARRAY, Parameter.COMMON_ARRAY);
    private static final Arguments COMPARABLE_ARRAY = Arguments.of(Parameter.COMPARABLE_ARRAY);
    private static final Arguments MAP = Arguments.of(Parameter.MAP);

    private static final SqlReturnTypeInference SAME = ReturnTypes.ARG0_NULLABLE;
    private static final SqlReturnTypeInference COMMON = Arguments::common;
    private static final SqlReturnTypeInference ELEMENT = orNull(binding -> binding.getOperandType(0).getComponentType());

    static final List<FunctionDefinition> DEFINITIONS = List.of(
            on(SqlStdOperatorTable.CARDINALITY, "CARDINALITY(array | map)", "The number of elements or entries.", array("cardinality")),
            on(SqlStdOperatorTable.ELEMENT, "ELEMENT(array)", "The only element; NULL of an empty array.", array("element")),
            on(function("ARRAY_CONTAINS", nullableOfFirst(SqlTypeName.BOOLEAN), ARRAY_ELEMENT), "ARRAY_CONTAINS(array, element)",
                    "Whether the element is there.", array("contains").takesNulls()),
            on(function("ARRAY_POSITION", nullableArguments(ReturnTypes.explicit(SqlTypeName.INTEGER)), ARRAY_ELEMENT),
                    "ARRAY_POSITION(array, element)", "Where the element is first, from 1; 0 if nowhere.", array("position").takesNulls()),
            on(function("ARRAY_JOIN", STRING, Arguments.of(Parameter.TEXT_ARRAY, Parameter.TEXT).or(Arguments.of(Parameter.TEXT_ARRAY,
                    Parameter.TEXT, Parameter.TEXT))), "ARRAY_JOIN(array, delimiter[, null_replacement])",
                    "The strings with a delimiter between them.", array("join")),
            on(function("ARRAY_DISTINCT", SAME, ARRAY), "ARRAY_DISTINCT(array)", "Without duplicates.", array("distinct")),
            on(function("ARRAY_REVERSE", SAME, ARRAY), "ARRAY_REVERSE(array)", "Backwards.", array("reverse")),
            on(function("ARRAY_SORT", SAME, COMPARABLE_ARRAY.or(Arguments.of(Parameter.COMPARABLE_ARRAY, Parameter.BOOLEAN))
                    .or(Arguments.of(Parameter.COMPARABLE_ARRAY, Parameter.BOOLEAN, Parameter.BOOLEAN))),
                    "ARRAY_SORT(array[, ascending[, null_first]])", "In order.", array("sort")),
            on(function("ARRAY_MIN", ELEMENT, COMPARABLE_ARRAY), "ARRAY_MIN(array)", "The least element.", array("min")),
            on(function("ARRAY_MAX", ELEMENT, COMPARABLE_ARRAY), "ARRAY_MAX(array)", "The greatest element.", array("max")),
            on(function("ARRAY_APPEND", nullableArguments(CollectionFunctions::withElement), ARRAY_ELEMENT), "ARRAY_APPEND(array, element)",
                    "With the element at its end.", array("append").takesNulls()),
            on(function("ARRAY_PREPEND", nullableArguments(CollectionFunctions::withElement), ARRAY_ELEMENT), "ARRAY_PREPEND(array, element)",
                    "With the element at its start.", array("prepend").takesNulls()),
            on(function("ARRAY_REMOVE", nullableOfFirst(null), ARRAY_ELEMENT), "ARRAY_REMOVE(array, element)", "Without that element.",
                    array("remove").takesNulls()),
            on(function("ARRAY_SLICE", SAME, Arguments.of(Parameter.ARRAY, Parameter.INT).or(Arguments.of(Parameter.ARRAY,
                    Parameter.INT, Parameter.INT))), "ARRAY_SLICE(array, start[, end])",
                    "The elements from a place to a place, both included; negative places count from the end.", array("slice")),
            on(function("ARRAY_CONCAT", COMMON, Arguments.repeated(Parameter.COMMON_ARRAY)), "ARRAY_CONCAT(array1, array2, ...)",
                    "All arrays one after the other.", array("concat")),
            on(function("ARRAY_UNION", COMMON, COMMON_ARRAYS), "ARRAY_UNION(array1, array2)", "What is in either, without duplicates.",
                    array("union")),
            on(function("ARRAY_EXCEPT", COMMON, COMMON_ARRAYS), "ARRAY_EXCEPT(array1, array2)", "What is in the first and not in the second.",
                    array("except")),
            on(function("ARRAY_INTERSECT", COMMON, COMMON_ARRAYS), "ARRAY_INTERSECT(array1, array2)", "What is in both.", array("intersect")),
            on(function("MAP_KEYS", nullableArguments(CollectionFunctions::arrayOfKeys), MAP), "MAP_KEYS(map)", "The keys.", map("keys")),
            on(function("MAP_VALUES", nullableArguments(CollectionFunctions::arrayOfValues), MAP), "MAP_VALUES(map)", "The values.",
                    map("values")),
            on(function("MAP_ENTRIES", nullableArguments(CollectionFunctions::arrayOfEntries), MAP), "MAP_ENTRIES(map)",
                    "The entries, as rows of key and value.", map("entries")),
            on(function("MAP_FROM_ARRAYS", nullableArguments(CollectionFunctions::mapOfArrays), Arguments.of(Parameter.ARRAY, Parameter.ARRAY)),
                    "MAP_FROM_ARRAYS(keys, values)", "A map of keys and values at the same places.", map("fromArrays")),
            on(function("MAP_UNION", COMMON, Arguments.repeated(Parameter.COMMON_MAP)), "MAP_UNION(map1, map2, ...)",
                    "The entries of all maps; the last one counts.", map("union")));

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

    /** That type, or the first argument's, null if the first argument is. */
    private static SqlReturnTypeInference nullableOfFirst(SqlTypeName name) {
        return binding -> {
            RelDataTypeFactory types = binding.getTypeFactory();
            RelDataType type = name == null ? binding.getOperandType(0) : types.createSqlType(name);
            return types.createTypeWithNullability(type, binding.getOperandType(0).isNullable());
        };
    }

    /** The first argument's type; its elements may be null if the second argument may be. */
    private static RelDataType withElement(SqlOperatorBinding binding) {
        RelDataTypeFactory types = binding.getTypeFactory();
        RelDataType element = binding.getOperandType(0).getComponentType();
        return types.createArrayType(types.createTypeWithNullability(element, element.isNullable() || binding.getOperandType(1).isNullable()), -1);
    }

    private static RelDataType arrayOfKeys(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createArrayType(binding.getOperandType(0).getKeyType(), -1);
    }

    private static RelDataType arrayOfValues(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createArrayType(binding.getOperandType(0).getValueType(), -1);
    }

    private static RelDataType arrayOfEntries(SqlOperatorBinding binding) {
        RelDataType map = binding.getOperandType(0);
        RelDataType entry = binding.getTypeFactory().builder().add("key", map.getKeyType()).add("value", map.getValueType())
                .kind(StructKind.PEEK_FIELDS_NO_EXPAND).build();
        return binding.getTypeFactory().createArrayType(binding.getTypeFactory().createTypeWithNullability(entry, true), -1);
    }

    private static RelDataType mapOfArrays(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createMapType(binding.getOperandType(0).getComponentType(),
                binding.getOperandType(1).getComponentType());
    }
}
