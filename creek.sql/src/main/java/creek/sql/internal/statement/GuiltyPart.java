package creek.sql.internal.statement;

import creek.sql.internal.parse.StatementParser;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;

/** Finds the part of a statement that an error is about, which was found where plans no longer know places. */
final class GuiltyPart {
    private GuiltyPart() {
    }

    /** The place of the first part that is one of these. */
    static Optional<SqlParserPos> find(String statement, Set<SqlKind> kinds) {
        if (kinds.isEmpty()) {
            return Optional.empty();
        }
        try {
            StatementParser.parse(statement).accept(new SqlBasicVisitor<Void>() {
                @Override
                public Void visit(SqlCall call) {
                    if (kinds.contains(call.getKind())) {
                        throw new Util.FoundOne(place(call));
                    }
                    return super.visit(call);
                }
            });
            return Optional.empty();
        } catch (Util.FoundOne found) {
            return Optional.of((SqlParserPos) found.getNode());
        }
    }

    private static SqlParserPos place(SqlNode part) {
        if (part instanceof SqlOrderBy order) {
            SqlNode limit = order.offset != null ? order.offset : order.fetch;
            return (order.orderList.isEmpty() ? limit : order.orderList.get(0)).getParserPosition();
        }
        return part.getParserPosition();
    }
}
