package creek.sql.internal.validate;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code TABLE(TUMBLE(…)) AS t(a, b, …)} as {@code (SELECT * FROM TABLE(TUMBLE(…))) AS t(a, b, …)}: the columns of a DESCRIPTOR would be looked
 * for under their new names otherwise.
 */
final class RenamedWindows {
    private static final int WITHOUT_COLUMNS = 2;

    private RenamedWindows() {
    }

    /** Rewrites the node in place, if it gives such new names. */
    static void rewrite(SqlNode node) {
        if (node instanceof SqlCall as && as.getKind() == SqlKind.AS && as.operandCount() > WITHOUT_COLUMNS
                && as.operand(0) instanceof SqlCall table && table.getKind() == SqlKind.COLLECTION_TABLE
                && table.operand(0) instanceof SqlCall function && WindowArguments.isWindow(function)) {
            SqlParserPos place = table.getParserPosition();
            as.setOperand(0, new SqlSelect(place, null, SqlNodeList.of(SqlIdentifier.star(place)), table, null, null, null, null, null, null, null,
                    null, null));
        }
    }
}
