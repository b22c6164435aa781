package creek.sql.internal.plan;

import creek.core.operator.RowPattern;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/** A row for each match of a pattern: the columns of PARTITION BY, then the measures. Expressions refer to columns of pattern variables. */
public final class MatchRel extends SingleRel {
    /**
     * What is matched.
     *
     * @param skipVariable where {@code skip} names one, else null
     * @param within       milliseconds that a match may take, or 0
     * @param defines      conditions by variable; those of variables that have none are missing
     */
    public record Pattern(List<RowPattern.Variable> variables, RowPattern.Skip skip, String skipVariable, long within,
            Map<String, RexNode> defines) {
        public Pattern {
            variables = List.copyOf(variables);
            Objects.requireNonNull(skip, "skip");
        }

        /** The variable's place; one that no row is taken for is behind all others. */
        public int place(String variable) {
            int place = 0;
            while (place < variables.size() && !variables.get(place).name().equals(variable)) {
                place++;
            }
            return place;
        }
    }

    private final List<Integer> partitionBy;
    private final RelCollation order;
    private final Pattern pattern;
    private final List<RexNode> measures;

    /** @param order its first column is the time attribute */
    public MatchRel(RelNode input, List<Integer> partitionBy, RelCollation order, Pattern pattern, List<RexNode> measures, RelDataType rowType) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.partitionBy = List.copyOf(partitionBy);
        this.order = order;
        this.pattern = pattern;
        this.measures = List.copyOf(measures);
        this.rowType = rowType;
    }

    public List<Integer> partitionBy() {
        return partitionBy;
    }

    public RelCollation order() {
        return order;
    }

    public Pattern pattern() {
        return pattern;
    }

    public List<RexNode> measures() {
        return measures;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new MatchRel(inputs.get(0), partitionBy, order, pattern, measures, rowType);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("partitionBy", partitionBy).item("order", order).item("pattern", pattern)
                .item("measures", measures);
    }
}
