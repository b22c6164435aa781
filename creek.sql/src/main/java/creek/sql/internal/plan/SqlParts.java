package creek.sql.internal.plan;

import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Sample;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlKind;

/** Which parts of SQL relations come from, so that what is wrong with one can be shown in the statement. */
public final class SqlParts {
    private static final Set<SqlKind> WINDOWS = Set.of(SqlKind.COLLECTION_TABLE, SqlKind.TUMBLE, SqlKind.HOP, SqlKind.SESSION);

    private SqlParts() {
    }

    /** Kinds of parts, one of which made the relation; none where that would be a guess. */
    public static Set<SqlKind> of(RelNode node) {
        if (node instanceof Sort) {
            return Set.of(SqlKind.ORDER_BY);
        }
        if (node instanceof RankRel) {
            return Set.of(SqlKind.OVER, SqlKind.ORDER_BY);
        }
        if (node instanceof OverRel || node instanceof CalcRel calc && RexOver.containsOver(calc.projects(), calc.condition())
                || node instanceof Project project && project.containsOver()) {
            return Set.of(SqlKind.OVER);
        }
        if (node instanceof Match) {
            return Set.of(SqlKind.MATCH_RECOGNIZE);
        }
        if (node instanceof Correlate || node instanceof Uncollect || node instanceof UnnestRel) {
            return Set.of(SqlKind.UNNEST, SqlKind.LATERAL, SqlKind.SNAPSHOT);
        }
        if (node instanceof Join || node instanceof JoinRel || node instanceof TemporalJoinRel) {
            return Set.of(SqlKind.JOIN);
        }
        if (node instanceof TableFunctionScan || node instanceof WindowRel || node instanceof WindowAggregateRel) {
            return WINDOWS;
        }
        if (node instanceof Collect) {
            return Set.of(SqlKind.ARRAY_QUERY_CONSTRUCTOR, SqlKind.MULTISET_QUERY_CONSTRUCTOR, SqlKind.MAP_QUERY_CONSTRUCTOR,
                    SqlKind.MULTISET_VALUE_CONSTRUCTOR);
        }
        return node instanceof Sample ? Set.of(SqlKind.TABLESAMPLE) : node instanceof RepeatUnion ? Set.of(SqlKind.WITH)
                : node instanceof SetOp ? Set.of(SqlKind.UNION, SqlKind.INTERSECT, SqlKind.EXCEPT) : Set.of();
    }
}
