package creek.sql.internal.function;

import static creek.sql.internal.function.Category.ARITHMETIC;
import static creek.sql.internal.function.Category.TEMPORAL;
import static creek.sql.internal.function.Signatures.BIGINT;
import static creek.sql.internal.function.Signatures.STRING;
import static creek.sql.internal.function.Signatures.STRING_OR_NULL;
import static creek.sql.internal.function.Signatures.TEXT;
import static creek.sql.internal.function.Signatures.TEXT_TEXT;
import static creek.sql.internal.function.Signatures.TEXT_TEXT_TEXT;
import static creek.sql.internal.function.Signatures.function;
import static creek.sql.internal.function.Signatures.orNull;

import creek.sql.internal.codegen.FunctionCode;
import creek.sql.internal.codegen.StaticMethod;
import creek.sql.internal.codegen.TemporalCode;
import creek.sql.internal.type.StreamTypeFactory;
import java.util.List;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions of dates, times and timestamps. */
final class TemporalFunctions {
    private static final SqlReturnTypeInference TIMESTAMP = ReturnTypes.explicit(SqlTypeName.TIMESTAMP, 3);
    private static final SqlReturnTypeInference TIMESTAMP_LTZ = ReturnTypes.explicit(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 3);
    private static final SqlReturnTypeInference DATE = ReturnTypes.explicit(SqlTypeName.DATE);
    private static final SqlReturnTypeInference TIME = ReturnTypes.explicit(SqlTypeName.TIME, 0);
    private static final SqlTypeFamily CHARS = SqlTypeFamily.CHARACTER;

    static final List<FunctionDefinition> DEFINITIONS = List.of(
            new FunctionDefinition(ARITHMETIC, SqlStdOperatorTable.FLOOR, "FLOOR(numeric), FLOOR(time TO unit)",
                    "Rounded down to an integer, or a time to a unit.", TemporalCode.FLOOR),
            new FunctionDefinition(ARITHMETIC, SqlStdOperatorTable.CEIL, "CEIL(numeric), CEIL(time TO unit)",
                    "Rounded up to an integer, or a time to a unit.", TemporalCode.CEIL),
            new FunctionDefinition(ARITHMETIC, function("CEILING", ReturnTypes.ARG0_OR_EXACT_NO_SCALE, OperandTypes.NUMERIC),
                    "CEILING(numeric)", "Rounded up to an integer.", TemporalCode.CEIL),
            time(SqlStdOperatorTable.EXTRACT, "EXTRACT(unit FROM time)", "A field of a date, time, timestamp or interval.", TemporalCode.EXTRACT),
            language(SqlStdOperatorTable.YEAR, "YEAR(date)", "The year."),
            language(SqlStdOperatorTable.QUARTER, "QUARTER(date)", "The quarter, 1 to 4."),
            language(SqlStdOperatorTable.MONTH, "MONTH(date)", "The month, 1 to 12."),
            language(SqlStdOperatorTable.WEEK, "WEEK(date)", "The ISO week."),
            language(SqlStdOperatorTable.DAYOFYEAR, "DAYOFYEAR(date)", "The day of the year, from 1."),
            language(SqlStdOperatorTable.DAYOFMONTH, "DAYOFMONTH(date)", "The day of the month, from 1."),
            language(SqlStdOperatorTable.DAYOFWEEK, "DAYOFWEEK(date)", "The day of the week, Sunday is 1."),
            language(SqlStdOperatorTable.HOUR, "HOUR(time)", "The hour, 0 to 23."),
            language(SqlStdOperatorTable.MINUTE, "MINUTE(time)", "The minute, 0 to 59."),
            language(SqlStdOperatorTable.SECOND, "SECOND(time)", "The second, 0 to 59."),
            language(SqlStdOperatorTable.TIMESTAMP_ADD, "TIMESTAMPADD(unit, count, time)", "The time so many units later."),
            language(SqlStdOperatorTable.TIMESTAMP_DIFF, "TIMESTAMPDIFF(unit, time1, time2)", "The whole units from the first to the second."),
            time(SqlStdOperatorTable.OVERLAPS, "(time1, time2) OVERLAPS (time3, time4)", "Whether both spans have a moment in common.", null),
            time(function("TO_TIMESTAMP", orNull(TIMESTAMP), OperandTypes.or(TEXT, TEXT_TEXT)), "TO_TIMESTAMP(string[, pattern])",
                    "The timestamp that is written in the string; NULL if it is none.", call("toTimestamp")),
            time(function("TO_TIMESTAMP_LTZ", orNull(TIMESTAMP_LTZ), Arguments.of(Parameter.TEXT)
                    .or(Arguments.of(Parameter.TEXT, Parameter.TEXT)).or(Arguments.of(Parameter.TEXT, Parameter.TEXT, Parameter.TEXT))
                    .or(Arguments.of(Parameter.NUMERIC)).or(Arguments.of(Parameter.NUMERIC, Parameter.INTEGER))),
                    "TO_TIMESTAMP_LTZ(numeric[, precision]), TO_TIMESTAMP_LTZ(string[, pattern[, zone]])",
                    "The instant of seconds (precision 0) or milliseconds (3) since the epoch, or of a string.", TemporalCode.TO_TIMESTAMP_LTZ),
            time(function("TO_DATE", orNull(DATE), OperandTypes.or(TEXT, TEXT_TEXT)), "TO_DATE(string[, pattern])",
                    "The date that is written in the string.", call("toDate")),
            time(function("DATE_FORMAT", STRING_OR_NULL, OperandTypes.or(OperandTypes.family(SqlTypeFamily.TIMESTAMP, CHARS), TEXT_TEXT)),
                    "DATE_FORMAT(timestamp, pattern)", "The timestamp in that pattern, of Java's DateTimeFormatter.",
                    TemporalCode.local(call("dateFormat"))),
            time(function("FROM_UNIXTIME", orNull(STRING), OperandTypes.or(OperandTypes.INTEGER,
                    OperandTypes.family(SqlTypeFamily.INTEGER, CHARS))), "FROM_UNIXTIME(seconds[, pattern])",
                    "Seconds since the epoch as text, in the session's zone.", call("fromUnixtime")),
            time(dynamic("UNIX_TIMESTAMP", BIGINT, OperandTypes.or(OperandTypes.NILADIC, TEXT, TEXT_TEXT)), "UNIX_TIMESTAMP([string[, pattern]])",
                    "Seconds since the epoch: now, or of a text in the session's zone.", call("unixTimestamp")),
            time(function("CONVERT_TZ", STRING_OR_NULL, TEXT_TEXT_TEXT), "CONVERT_TZ(string, zone1, zone2)",
                    "The text yyyy-MM-dd HH:mm:ss of one zone as that of another.", call("convertTz")),
            time(niladic("CURRENT_DATE", DATE), "CURRENT_DATE", "The date now, in the session's zone.", call("currentDate")),
            time(niladic("CURRENT_TIME", TIME), "CURRENT_TIME", "The time of day now, in the session's zone.", call("localTime")),
            time(niladic("LOCALTIME", TIME), "LOCALTIME", "The time of day now, in the session's zone.", call("localTime")),
            time(niladic("CURRENT_TIMESTAMP", TIMESTAMP_LTZ), "CURRENT_TIMESTAMP", "The instant now.", call("now")),
            time(niladic("LOCALTIMESTAMP", TIMESTAMP), "LOCALTIMESTAMP", "The timestamp now, in the session's zone.", call("localNow")),
            time(dynamic("NOW", TIMESTAMP_LTZ, OperandTypes.NILADIC), "NOW()", "The instant now.", call("now")),
            time(dynamic("CURRENT_ROW_TIMESTAMP", TIMESTAMP_LTZ, OperandTypes.NILADIC), "CURRENT_ROW_TIMESTAMP()", "The instant now.", call("now")),
            time(dynamic("PROCTIME", binding -> ((StreamTypeFactory) binding.getTypeFactory()).createProctime(), OperandTypes.NILADIC),
                    "PROCTIME()", "The processing time, as a time attribute.", call("now")),
            time(dynamic("CURRENT_WATERMARK", ReturnTypes.ARG0_FORCE_NULLABLE, Arguments.of(Parameter.ROWTIME)),
                    "CURRENT_WATERMARK(rowtime)", "The watermark that has come so far, or NULL.", TemporalCode.CURRENT_WATERMARK));

    private TemporalFunctions() {
    }

    private static FunctionDefinition time(SqlOperator operator, String signature, String description, FunctionCode code) {
        return new FunctionDefinition(TEMPORAL, operator, signature, description, code);
    }

    /** Rewritten to EXTRACT or interval arithmetic. */
    private static FunctionDefinition language(SqlOperator operator, String signature, String description) {
        return new FunctionDefinition(TEMPORAL, operator, signature, description, null);
    }

    private static StaticMethod call(String method) {
        return StaticMethod.of(creek.core.function.TemporalFunctions.class, method);
    }

    private static SqlFunction dynamic(String name, SqlReturnTypeInference type, SqlOperandTypeChecker arguments) {
        return new CurrentTimeFunction(name, type, arguments, SqlSyntax.FUNCTION);
    }

    private static SqlFunction niladic(String name, SqlReturnTypeInference type) {
        return new CurrentTimeFunction(name, type, OperandTypes.NILADIC, SqlSyntax.FUNCTION_ID);
    }

    /** A function that gives another result at another time. */
    private static final class CurrentTimeFunction extends SqlFunction {
        private final SqlSyntax syntax;

        CurrentTimeFunction(String name, SqlReturnTypeInference type, SqlOperandTypeChecker arguments, SqlSyntax syntax) {
            super(name, SqlKind.OTHER_FUNCTION, type, null, arguments, SqlFunctionCategory.TIMEDATE);
            this.syntax = syntax;
        }

        @Override
        public SqlSyntax getSyntax() {
            return syntax;
        }

        @Override
        public boolean isDynamicFunction() {
            return true;
        }

        @Override
        public boolean isDeterministic() {
            return false;
        }
    }
}
