package creek.sql.internal.validate;

import creek.sql.internal.SqlError;
import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** What the clauses of a MATCH_RECOGNIZE can't be, said with its place: the validator would stumble over it. */
final class MatchClauses {
    private MatchClauses() {
    }

    static void check(SqlMatchRecognize match) {
        for (SqlNode key : match.getPartitionList()) {
            checkColumn("PARTITION BY", key);
        }
        for (SqlNode order : match.getOrderList()) {
            SqlNode column = order;
            if (column.getKind() == SqlKind.DESCENDING) {
                column = ((SqlCall) column).operand(0);
            }
            checkColumn("ORDER BY", column);
        }
        Set<String> names = new HashSet<>();
        for (SqlNode measure : match.getMeasureList()) {
            SqlIdentifier name = ((SqlCall) measure).operand(1);
            if (!names.add(name.getSimple())) {
                throw SqlError.invalid("MEASURES has two columns " + name.getSimple(), name.getParserPosition());
            }
            checkExpression("MEASURES", ((SqlCall) measure).operand(0));
        }
        for (SqlNode define : match.getPatternDefList()) {
            checkExpression("DEFINE", ((SqlCall) define).operand(0));
        }
    }

    private static void checkColumn(String clause, SqlNode node) {
        if (node.getKind() == SqlKind.NULLS_FIRST || node.getKind() == SqlKind.NULLS_LAST) {
            throw SqlError.unsupported(clause + " of MATCH_RECOGNIZE takes no NULLS FIRST or LAST: NULL comes before all values, with DESC after them",
                    node.getParserPosition());
        }
        if (!(node instanceof SqlIdentifier)) {
            throw SqlError.unsupported(clause + " of MATCH_RECOGNIZE takes columns, not expressions; compute them in a subquery",
                    node.getParserPosition());
        }
    }

    private static void checkExpression(String clause, SqlNode expression) {
        expression.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                if (call.getKind() == SqlKind.OVER || SqlKind.QUERY.contains(call.getKind())) {
                    throw SqlError.unsupported(clause + " can't have " + (call.getKind() == SqlKind.OVER ? "OVER aggregates" : "subqueries"),
                            call.getParserPosition());
                }
                return super.visit(call);
            }
        });
    }
}
