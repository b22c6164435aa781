package creek.sql.internal.function;

import creek.core.function.TemporalFunctions;
import creek.sql.internal.SqlError;
import creek.sql.internal.codegen.MatchCode;
import creek.sql.internal.codegen.StaticMethod;
import creek.sql.internal.type.StreamTypeFactory;
import creek.sql.internal.type.TimeAttributeType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlTypeName;

/** What only MATCH_RECOGNIZE knows. */
public final class MatchFunctions {
    /** The event time of a match, as a time attribute of the type of its argument. */
    public static final SqlFunction MATCH_ROWTIME = new SqlFunction("MATCH_ROWTIME", SqlKind.OTHER_FUNCTION, MatchFunctions::rowtime, null, null,
            SqlFunctionCategory.MATCH_RECOGNIZE) {
        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.between(0, 1);
        }

        @Override
        public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
            boolean fits = call.getOperandCount() == 0
                    || call.operand(0).getKind() == SqlKind.IDENTIFIER && TimeAttributeType.isRowtime(call.getOperandType(0));
            if (!fits && throwOnFailure) {
                throw SqlError.invalid("MATCH_ROWTIME takes nothing, or a column that is an event time");
            }
            return fits;
        }
    };

    /** The processing time of a match, as a time attribute. */
    public static final SqlFunction MATCH_PROCTIME = new SqlFunction("MATCH_PROCTIME", SqlKind.OTHER_FUNCTION,
            call -> ((StreamTypeFactory) call.getTypeFactory()).createProctime(), null, OperandTypes.NILADIC,
            SqlFunctionCategory.MATCH_RECOGNIZE) {
        @Override
        public boolean isDeterministic() {
            return false;
        }
    };

    static final List<FunctionDefinition> DEFINITIONS = List.of(
            new FunctionDefinition(Category.TEMPORAL, MATCH_ROWTIME, "MATCH_ROWTIME([rowtime])",
                    "In MATCH_RECOGNIZE: the event time of the match, as a time attribute.", MatchCode.ROWTIME),
            new FunctionDefinition(Category.TEMPORAL, MATCH_PROCTIME, "MATCH_PROCTIME()",
                    "In MATCH_RECOGNIZE: the processing time of the match, as a time attribute.",
                    StaticMethod.of(TemporalFunctions.class, "now")));

    /** Navigation among the rows of a match. */
    static final List<SqlOperator> SYNTAX = List.of(SqlStdOperatorTable.FIRST, SqlStdOperatorTable.LAST, SqlStdOperatorTable.PREV,
            SqlStdOperatorTable.NEXT, SqlStdOperatorTable.FINAL, SqlStdOperatorTable.RUNNING, SqlStdOperatorTable.CLASSIFIER);

    private MatchFunctions() {
    }

    private static RelDataType rowtime(SqlOperatorBinding call) {
        StreamTypeFactory types = (StreamTypeFactory) call.getTypeFactory();
        return call.getOperandCount() == 0 ? types.createRowtime(types.createSqlType(SqlTypeName.TIMESTAMP, TimeAttributeType.PRECISION))
                : call.getOperandType(0);
    }
}
