package creek.sql.internal.plan;

import creek.sql.internal.catalog.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.Mappings;

/** Those columns of a relation that are used, one at least, and where they stand when the others are left out. */
public final class KeptColumns {
    private final RelNode input;
    private final ImmutableBitSet kept;

    /**
     * @param used columns of the input; others count for nothing. Those that late rows are written with are kept as well
     */
    public KeptColumns(RelNode input, ImmutableBitSet used) {
        this.input = input;
        int columns = input.getRowType().getFieldCount();
        ImmutableBitSet all = used.union(ImmutableBitSet.of(LateColumns.places(input).values())).intersect(ImmutableBitSet.range(columns));
        kept = all.isEmpty() && columns > 0 ? ImmutableBitSet.of(0) : all;
    }

    /**
     * Columns that may be part of a key by which rows are updated. Ranks and joins go by such keys, in Flink too, so that leaving them out would change
     * what comes out of them, though not what it comes to. Where nothing is known these are all columns.
     */
    public static ImmutableBitSet ofKeys(RelNode node) {
        if (node instanceof SourceScan scan) {
            CatalogTable table = scan.table();
            return ImmutableBitSet.of(table.primaryKey().stream().map(scan.getRowType().getFieldNames()::indexOf).toList());
        }
        if (node instanceof CalcRel calc) {
            ImmutableBitSet below = ofKeys(calc.getInput());
            ImmutableBitSet.Builder keys = ImmutableBitSet.builder();
            for (int i = 0; i < calc.projects().size(); i++) {
                if (Rewrites.withoutCast(calc.projects().get(i)) instanceof RexInputRef reference && below.get(reference.getIndex())) {
                    keys.set(i);
                }
            }
            return keys.build();
        }
        if (node instanceof GroupAggregateRel aggregate) {
            return ImmutableBitSet.range(aggregate.keys().cardinality());
        }
        if (node instanceof JoinRel || node instanceof TemporalJoinRel) {
            int arity = node.getInput(0).getRowType().getFieldCount();
            return ofKeys(node.getInput(0)).union(ofKeys(node.getInput(1)).shift(arity))
                    .intersect(ImmutableBitSet.range(node.getRowType().getFieldCount()));
        }
        if (node instanceof WindowRel || node instanceof OverRel || node instanceof UnnestRel || node instanceof Sort) {
            return ofKeys(((SingleRel) node).getInput());
        }
        return ImmutableBitSet.range(node.getRowType().getFieldCount());
    }

    public boolean areAll() {
        return kept.cardinality() == input.getRowType().getFieldCount();
    }

    /** Their number. */
    public int size() {
        return kept.cardinality();
    }

    /** The relation without the others. */
    public RelNode node() {
        RexBuilder rex = input.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int column : kept) {
            columns.add(rex.makeInputRef(input, column));
            names.add(input.getRowType().getFieldNames().get(column));
        }
        return areAll() ? input : CalcRel.create(input, null, columns, names);
    }

    /** Where a column that is kept stands. */
    public int place(int column) {
        return mapping().getTarget(column);
    }

    /** From the columns to their places. */
    public Mapping mapping() {
        return Mappings.target(kept.asList(), input.getRowType().getFieldCount());
    }

    /** For each column, also of those that are left out and not asked for, what stands for it. */
    public List<RexInputRef> moved() {
        RexBuilder rex = input.getCluster().getRexBuilder();
        List<RexInputRef> moved = new ArrayList<>();
        for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
            moved.add(rex.makeInputRef(input.getRowType().getFieldList().get(i).getType(), Math.max(0, kept.indexOf(i))));
        }
        return moved;
    }
}
