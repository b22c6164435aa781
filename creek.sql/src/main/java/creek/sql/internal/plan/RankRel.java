package creek.sql.internal.plan;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mappings;

/** The rows of each partition from one number to another in an order, with the number as one more column or without it. */
public final class RankRel extends SingleRel {
    private final ImmutableBitSet partition;
    private final RelCollation order;
    private final long first;
    private final long last;
    private final int lastColumn;
    private final boolean numbered;

    private RankRel(RelNode input, ImmutableBitSet partition, RelCollation order, long first, long last, int lastColumn,
            boolean numbered) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.partition = partition;
        this.order = order;
        this.first = first;
        this.last = last;
        this.lastColumn = lastColumn;
        this.numbered = numbered;
    }

    /**
     * @param first the first number wanted, from 1
     * @param last  the last number wanted; {@link Long#MAX_VALUE} for all
     */
    public static RankRel create(RelNode input, ImmutableBitSet partition, RelCollation order, long first, long last, boolean numbered) {
        return new RankRel(input, partition, order, first, last, -1, numbered);
    }

    public ImmutableBitSet partition() {
        return partition;
    }

    public RelCollation order() {
        return order;
    }

    public long first() {
        return first;
    }

    public long last() {
        return last;
    }

    /** The column that holds the last number wanted of a partition, as its first row has it; -1 for {@link #last}. */
    public int lastColumn() {
        return lastColumn;
    }

    /** The same ranks with the last number from a column, or without if it is -1. */
    public RankRel withLastColumn(int column) {
        return new RankRel(input, partition, order, first, last, column, numbered);
    }

    /** The columns that it takes itself. */
    public ImmutableBitSet ownColumns() {
        ImmutableBitSet own = partition.union(ImmutableBitSet.of(order.getKeys()));
        return lastColumn < 0 ? own : own.set(lastColumn);
    }

    /** The same ranks of an input without the columns that nobody uses. */
    public RankRel over(KeptColumns kept) {
        return new RankRel(kept.node(), Mappings.apply(kept.mapping(), partition), RexUtil.apply(kept.mapping(), order), first, last,
                lastColumn < 0 ? lastColumn : kept.place(lastColumn), numbered);
    }

    /** Whether the number is the last column. */
    public boolean isNumbered() {
        return numbered;
    }

    /** The same rows without their numbers. */
    public RankRel withoutNumber() {
        return new RankRel(input, partition, order, first, last, lastColumn, false);
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataTypeFactory types = getCluster().getTypeFactory();
        return !numbered ? input.getRowType() : types.builder().kind(input.getRowType().getStructKind())
                .addAll(input.getRowType().getFieldList()).add("$rank", SqlTypeName.BIGINT).build();
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new RankRel(inputs.get(0), partition, order, first, last, lastColumn, numbered);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("partition", partition).item("order", order).item("first", first).item("last", last).item("lastColumn", lastColumn)
                .item("numbered", numbered);
    }
}
