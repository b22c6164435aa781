package creek.sql.internal.function;

import static creek.sql.internal.function.Category.ARITHMETIC;
import static creek.sql.internal.function.Category.COMPARISON;
import static creek.sql.internal.function.Category.CONDITIONAL;
import static creek.sql.internal.function.Category.LOGICAL;
import static creek.sql.internal.function.Category.VALUE_ACCESS;
import static creek.sql.internal.function.Category.VALUE_CONSTRUCTION;

import creek.sql.internal.codegen.LikeCode;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** The operators of the language: what the expression compiler knows by kind. */
final class LanguageOperators {
    /** Parts of the syntax that the validator looks up as operators. */
    static final List<SqlOperator> SYNTAX = List.of(SqlStdOperatorTable.AS, SqlStdOperatorTable.DOT, SqlStdOperatorTable.DESCRIPTOR,
            SqlStdOperatorTable.DEFAULT, SqlStdOperatorTable.EXISTS, SqlStdOperatorTable.UNNEST, SqlStdOperatorTable.VALUES,
            SqlStdOperatorTable.LATERAL, SqlStdOperatorTable.EXPLICIT_TABLE, SqlStdOperatorTable.COLLECTION_TABLE, SqlStdOperatorTable.DESC,
            SqlStdOperatorTable.NULLS_FIRST, SqlStdOperatorTable.NULLS_LAST, SqlStdOperatorTable.OVER, SqlStdOperatorTable.REINTERPRET,
            SqlStdOperatorTable.SCALAR_QUERY, SqlStdOperatorTable.CURSOR, SqlStdOperatorTable.MULTISET_VALUE,
            SqlStdOperatorTable.UNION, SqlStdOperatorTable.UNION_ALL, SqlStdOperatorTable.INTERSECT, SqlStdOperatorTable.INTERSECT_ALL,
            SqlStdOperatorTable.EXCEPT, SqlStdOperatorTable.EXCEPT_ALL, SqlStdOperatorTable.FILTER, SqlStdOperatorTable.WITHIN_GROUP,
            SqlStdOperatorTable.IGNORE_NULLS, SqlStdOperatorTable.RESPECT_NULLS,
            SqlStdOperatorTable.MINUS_DATE, SqlStdOperatorTable.DATETIME_PLUS, SqlStdOperatorTable.SOME_EQ, SqlStdOperatorTable.SOME_NE,
            SqlStdOperatorTable.SOME_LT, SqlStdOperatorTable.SOME_LE, SqlStdOperatorTable.SOME_GT, SqlStdOperatorTable.SOME_GE,
            SqlStdOperatorTable.ALL_EQ, SqlStdOperatorTable.ALL_NE, SqlStdOperatorTable.ALL_LT, SqlStdOperatorTable.ALL_LE,
            SqlStdOperatorTable.ALL_GT, SqlStdOperatorTable.ALL_GE);

    static final List<FunctionDefinition> DEFINITIONS = List.of(
            language(COMPARISON, SqlStdOperatorTable.EQUALS, "value1 = value2", "Whether both are equal."),
            language(COMPARISON, SqlStdOperatorTable.NOT_EQUALS, "value1 <> value2", "Whether both differ."),
            language(COMPARISON, SqlStdOperatorTable.LESS_THAN, "value1 < value2", "Whether the first is less."),
            language(COMPARISON, SqlStdOperatorTable.LESS_THAN_OR_EQUAL, "value1 <= value2", "Whether the first is not greater."),
            language(COMPARISON, SqlStdOperatorTable.GREATER_THAN, "value1 > value2", "Whether the first is greater."),
            language(COMPARISON, SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, "value1 >= value2", "Whether the first is not less."),
            language(COMPARISON, SqlStdOperatorTable.IS_NULL, "value IS NULL", "Whether there is no value."),
            language(COMPARISON, SqlStdOperatorTable.IS_NOT_NULL, "value IS NOT NULL", "Whether there is a value."),
            language(COMPARISON, SqlStdOperatorTable.IS_DISTINCT_FROM, "value1 IS DISTINCT FROM value2",
                    "Whether both differ, where NULL is equal to NULL."),
            language(COMPARISON, SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, "value1 IS NOT DISTINCT FROM value2",
                    "Whether both are equal, where NULL is equal to NULL."),
            language(COMPARISON, SqlStdOperatorTable.BETWEEN, "value BETWEEN low AND high", "Whether it is neither less than low nor greater than high."),
            language(COMPARISON, SqlStdOperatorTable.NOT_BETWEEN, "value NOT BETWEEN low AND high", "Whether it is less than low or greater than high."),
            language(COMPARISON, SqlStdOperatorTable.SYMMETRIC_BETWEEN, "value BETWEEN SYMMETRIC a AND b", "As BETWEEN, with a and b in either order."),
            language(COMPARISON, SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN, "value NOT BETWEEN SYMMETRIC a AND b",
                    "As NOT BETWEEN, with a and b in either order."),
            new FunctionDefinition(COMPARISON, SqlStdOperatorTable.LIKE, "string LIKE pattern [ESCAPE character]",
                    "Whether the string matches the pattern, in which _ stands for a character and % for any number of them.", LikeCode.LIKE),
            new FunctionDefinition(COMPARISON, SqlStdOperatorTable.NOT_LIKE, "string NOT LIKE pattern [ESCAPE character]",
                    "Whether the string does not match the pattern.", LikeCode.LIKE),
            new FunctionDefinition(COMPARISON, SqlStdOperatorTable.SIMILAR_TO, "string SIMILAR TO pattern [ESCAPE character]",
                    "Whether the string matches SQL's regular expression.", LikeCode.SIMILAR),
            new FunctionDefinition(COMPARISON, SqlStdOperatorTable.NOT_SIMILAR_TO, "string NOT SIMILAR TO pattern [ESCAPE character]",
                    "Whether the string does not match SQL's regular expression.", LikeCode.SIMILAR),
            language(COMPARISON, SqlStdOperatorTable.IN, "value IN (value1, value2, ...)", "Whether it is equal to one of them."),
            language(COMPARISON, SqlStdOperatorTable.NOT_IN, "value NOT IN (value1, value2, ...)", "Whether it is equal to none of them."),
            language(LOGICAL, SqlStdOperatorTable.OR, "boolean1 OR boolean2", "Whether one of both is true."),
            language(LOGICAL, SqlStdOperatorTable.AND, "boolean1 AND boolean2", "Whether both are true."),
            language(LOGICAL, SqlStdOperatorTable.NOT, "NOT boolean", "Whether it is false."),
            language(LOGICAL, SqlStdOperatorTable.IS_FALSE, "boolean IS FALSE", "Whether it is false, and not unknown."),
            language(LOGICAL, SqlStdOperatorTable.IS_NOT_FALSE, "boolean IS NOT FALSE", "Whether it is true or unknown."),
            language(LOGICAL, SqlStdOperatorTable.IS_TRUE, "boolean IS TRUE", "Whether it is true, and not unknown."),
            language(LOGICAL, SqlStdOperatorTable.IS_NOT_TRUE, "boolean IS NOT TRUE", "Whether it is false or unknown."),
            language(LOGICAL, SqlStdOperatorTable.IS_UNKNOWN, "boolean IS UNKNOWN", "Whether it is NULL."),
            language(LOGICAL, SqlStdOperatorTable.IS_NOT_UNKNOWN, "boolean IS NOT UNKNOWN", "Whether it is true or false."),
            language(ARITHMETIC, SqlStdOperatorTable.UNARY_PLUS, "+ numeric", "The number."),
            language(ARITHMETIC, SqlStdOperatorTable.UNARY_MINUS, "- numeric", "The negative of the number."),
            language(ARITHMETIC, SqlStdOperatorTable.PLUS, "numeric1 + numeric2", "The sum; also of a time and an interval."),
            language(ARITHMETIC, SqlStdOperatorTable.MINUS, "numeric1 - numeric2", "The difference; also of times and intervals."),
            language(ARITHMETIC, SqlStdOperatorTable.MULTIPLY, "numeric1 * numeric2", "The product."),
            language(ARITHMETIC, SqlStdOperatorTable.DIVIDE, "numeric1 / numeric2", "The quotient; of integers without its fraction."),
            language(ARITHMETIC, SqlStdOperatorTable.PERCENT_REMAINDER, "numeric1 % numeric2", "The remainder, with the sign of the first."),
            language(ARITHMETIC, SqlStdOperatorTable.MOD, "MOD(numeric1, numeric2)", "The remainder, with the sign of the first."),
            language(CONDITIONAL, SqlStdOperatorTable.CASE, "CASE WHEN condition THEN result ... [ELSE result] END",
                    "The result of the first condition that is true."),
            language(CONDITIONAL, SqlStdOperatorTable.NULLIF, "NULLIF(value1, value2)", "NULL if both are equal, else the first."),
            language(VALUE_CONSTRUCTION, SqlStdOperatorTable.ROW, "ROW(value1, value2, ...)", "A row of these values."),
            language(VALUE_CONSTRUCTION, SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR, "ARRAY[value1, value2, ...]", "An array of these values."),
            language(VALUE_CONSTRUCTION, SqlStdOperatorTable.MAP_VALUE_CONSTRUCTOR, "MAP[key1, value1, ...]", "A map of these keys and values."),
            language(VALUE_ACCESS, SqlStdOperatorTable.ITEM, "array[index], map[key]", "An element by its place, from 1, or by its key."));

    private LanguageOperators() {
    }

    private static FunctionDefinition language(Category category, SqlOperator operator, String signature, String description) {
        return new FunctionDefinition(category, operator, signature, description, null);
    }
}
