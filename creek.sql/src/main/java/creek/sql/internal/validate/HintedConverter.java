package creek.sql.internal.validate;

import com.google.common.collect.ImmutableList;
import creek.sql.internal.plan.StateTtl;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.hint.Hintable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Converts SQL to relations. What hints say about tables by name is said here about the inputs of joins and aggregations, as long as their names
 * are known.
 */
final class HintedConverter extends SqlToRelConverter {
    /** What is being converted, the innermost first. */
    private final Deque<SelectHints> selects = new ArrayDeque<>();
    private final Deque<SqlJoin> joins = new ArrayDeque<>();
    /** The SELECT whose GROUP BY is being converted; not its DISTINCT, which Flink takes no hints for. */
    private SelectHints grouped;

    HintedConverter(RelOptTable.ViewExpander views, StreamValidator validator, Prepare.CatalogReader catalog, RelOptCluster cluster,
            SqlRexConvertletTable convertlets, Config config) {
        super(views, validator, catalog, cluster, convertlets, config);
    }

    @Override
    protected void convertSelectImpl(Blackboard board, SqlSelect select) {
        SelectHints hints = new SelectHints(select);
        selects.push(hints);
        super.convertSelectImpl(board, select);
        selects.pop();
        hints.requireFound();
    }

    @Override
    protected void convertFrom(Blackboard board, SqlNode from, List<String> columns) {
        if (from instanceof SqlJoin join) {
            joins.push(join);
            super.convertFrom(board, from, columns);
            joins.pop();
        } else {
            super.convertFrom(board, from, columns);
        }
    }

    @Override
    protected RelNode createJoin(Blackboard board, RelNode left, RelNode right, RexNode condition, JoinRelType type) {
        RelNode join = super.createJoin(board, left, right, condition, type);
        SqlJoin sql = joins.element();
        return hinted(join, selects.element().ofJoin(name(sql.getLeft()), name(sql.getRight())));
    }

    @Override
    protected void convertAgg(Blackboard board, SqlSelect select, List<SqlNode> orderings) {
        SelectHints around = grouped;
        grouped = selects.element();
        super.convertAgg(board, select, orderings);
        grouped = around;
    }

    @Override
    protected RelNode createAggregate(Blackboard board, ImmutableBitSet groups, ImmutableList<ImmutableBitSet> sets, List<AggregateCall> calls) {
        RelNode aggregate = super.createAggregate(board, groups, sets, calls);
        return grouped == selects.element() ? hinted(aggregate, grouped.ofAggregation(name(grouped.from()))) : aggregate;
    }

    private static RelNode hinted(RelNode node, StateTtl ttl) {
        return node instanceof Hintable hintable && !ttl.equals(StateTtl.UNSET) ? hintable.withHints(List.of(ttl.toHint())) : node;
    }

    /** What hints call a part of a FROM: its alias or its table's name; null for other parts. */
    private static String name(SqlNode from) {
        if (from == null) {
            return null;
        }
        return switch (from.getKind()) {
            case IDENTIFIER -> String.join(".", ((SqlIdentifier) from).names);
            case AS -> ((SqlCall) from).operand(1).toString();
            case TABLE_REF, SNAPSHOT -> name(((SqlCall) from).operand(0));
            default -> null;
        };
    }
}
