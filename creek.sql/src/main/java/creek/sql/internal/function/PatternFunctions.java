package creek.sql.internal.function;

import static creek.sql.internal.function.Category.STRING;
import static creek.sql.internal.function.Signatures.BOOLEAN;
import static creek.sql.internal.function.Signatures.INT_OR_NULL;
import static creek.sql.internal.function.Signatures.STRING_OR_NULL;
import static creek.sql.internal.function.Signatures.TEXT_TEXT;
import static creek.sql.internal.function.Signatures.TEXT_TEXT_TEXT;
import static creek.sql.internal.function.Signatures.function;

import creek.core.function.Regexps;
import creek.sql.internal.codegen.StaticMethod;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions of regular expressions, which are Java's. */
final class PatternFunctions {
    private static final SqlOperandTypeChecker TEXT_TEXT_INT =
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER);

    private static final Arguments TWO_TEXTS = Arguments.of(Parameter.TEXT, Parameter.TEXT);

    static final List<FunctionDefinition> DEFINITIONS = List.of(
            pattern(function("REGEXP", BOOLEAN, TEXT_TEXT), "REGEXP(string, regex)", "Whether the pattern occurs in the string.", "regexp"),
            pattern(function("REGEXP_EXTRACT", STRING_OR_NULL, OperandTypes.or(TEXT_TEXT, TEXT_TEXT_INT)),
                    "REGEXP_EXTRACT(string, regex[, group])", "A group, or the whole, of the first match.", "extract"),
            pattern(function("REGEXP_EXTRACT_ALL", Signatures.orNull(binding -> binding.getTypeFactory().createArrayType(
                    binding.getTypeFactory().createTypeWithNullability(
                            binding.getTypeFactory().createSqlType(SqlTypeName.VARCHAR, Integer.MAX_VALUE), true), -1)),
                    TWO_TEXTS.or(Arguments.of(Parameter.TEXT, Parameter.TEXT, Parameter.INTEGER))), "REGEXP_EXTRACT_ALL(string, regex[, group])", "A group of all matches.",
                    "extractAll"),
            pattern(function("REGEXP_REPLACE", Signatures.STRING, TEXT_TEXT_TEXT), "REGEXP_REPLACE(string, regex, replacement)",
                    "All matches replaced by a plain text.",
                    StaticMethod.of(Regexps.class, "replace").mayGiveNull()),
            pattern(function("REGEXP_COUNT", INT_OR_NULL, TWO_TEXTS), "REGEXP_COUNT(string, regex)", "The number of matches.", "count"),
            pattern(function("REGEXP_INSTR", INT_OR_NULL, TWO_TEXTS), "REGEXP_INSTR(string, regex)",
                    "Where the first match starts, from 1; 0 if there is none.", "instr"),
            pattern(function("REGEXP_SUBSTR", STRING_OR_NULL, TWO_TEXTS), "REGEXP_SUBSTR(string, regex)", "The first match.", "substr"));

    private PatternFunctions() {
    }

    private static FunctionDefinition pattern(SqlOperator operator, String signature, String description, String method) {
        return pattern(operator, signature, description, StaticMethod.of(Regexps.class, method));
    }

    private static FunctionDefinition pattern(SqlOperator operator, String signature, String description, StaticMethod method) {
        return new FunctionDefinition(STRING, operator, signature, description, method);
    }
}
