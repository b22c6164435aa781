package creek.sql.internal.physical;

import creek.sql.internal.SqlError;
import creek.sql.internal.plan.RankRel;
import creek.sql.internal.type.TimeAttributeType;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;

/** From ranks and orders to steps: Top-N, deduplication, sorting by event time. */
final class RankSteps {
    private RankSteps() {
    }

    static PhysicalNode rank(RankRel rank, PhysicalNode input) {
        int[] partition = rank.partition().toArray();
        List<RelFieldCollation> order = rank.order().getFieldCollations();
        if (order.isEmpty()) {
            throw SqlError.invalid("ROW_NUMBER() needs an ORDER BY to be limited");
        }
        Optional<PhysicalNode> windowed = WindowTopNNode.of(rank, input);
        if (windowed.isPresent()) {
            return windowed.get();
        }
        RelDataType first = rank.getInput().getRowType().getFieldList().get(order.get(0).getFieldIndex()).getType();
        boolean deduplicates = rank.first() == 1 && rank.last() == 1 && order.size() == 1 && first instanceof TimeAttributeType;
        if (deduplicates && !input.isUpdating()) {
            return new DeduplicateNode(input, partition, !Orders.isAscending(order.get(0)), order.get(0).getFieldIndex(),
                    TimeAttributeType.isRowtime(first));
        }
        return new TopNNode(input, partition, rank.order(), rank.first(), rank.last(), rank.lastColumn(), rank.isNumbered(), rank.getRowType());
    }

    /** ORDER BY without LIMIT, or LIMIT without ORDER BY. */
    static PhysicalNode sort(Sort sort, PhysicalNode input) {
        List<RelFieldCollation> order = sort.getCollation().getFieldCollations();
        if (sort.fetch == null && sort.offset != null) {
            throw SqlError.unsupported("FETCH is missed, which on streaming table is not supported currently: add LIMIT to OFFSET");
        }
        if (order.isEmpty()) {
            long offset = sort.offset == null ? 0 : RexLiteral.intValue(sort.offset);
            long fetch = RexLiteral.intValue(sort.fetch);
            return !input.isUpdating() ? new LimitNode(input, offset, fetch)
                    : new TopNNode(input, new int[0], RelCollations.EMPTY, offset + 1, offset + fetch, -1, false, sort.getRowType());
        }
        RelDataType first = sort.getInput().getRowType().getFieldList().get(order.get(0).getFieldIndex()).getType();
        if (!TimeAttributeType.isRowtime(first) || !Orders.isAscending(order.get(0))) {
            throw SqlError.unsupported("Sort on a non-time-attribute field is not supported: order a stream by its event time, ascending, or add "
                    + "LIMIT");
        }
        input.requireInserts("Sort");
        return new SortNode(input, sort.getCollation());
    }
}
