package creek.sql.internal.plan.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;

/**
 * A condition of QUALIFY, which was converted to a column that is filtered by, becomes a filter over the values of its window functions: the
 * form of a condition around a subquery, which {@link Ranks} knows.
 */
final class Qualify extends RelShuttleImpl {
    @Override
    public RelNode visit(LogicalFilter filter) {
        RelNode input = filter.getInput().accept(this);
        if (filter.getCondition() instanceof RexInputRef reference && input instanceof LogicalProject project) {
            RexNode condition = project.getProjects().get(reference.getIndex());
            if (!(condition instanceof RexOver) && RexOver.containsOver(condition)) {
                return split(project, reference.getIndex());
            }
            if (project.getInput() instanceof LogicalProject functions && RexOver.containsOver(functions.getProjects(), null)) {
                return project.copy(project.getTraitSet(), List.of(LogicalFilter.create(functions, condition)));
            }
        }
        return filter.copy(filter.getTraitSet(), List.of(input));
    }

    private static RelNode split(LogicalProject project, int place) {
        RexBuilder rex = project.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>(project.getProjects());
        columns.set(place, rex.makeLiteral(true));
        RexShuttle toColumns = new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                return column(over);
            }

            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return column(reference);
            }

            private RexNode column(RexNode value) {
                int index = columns.indexOf(value);
                if (index < 0) {
                    index = columns.size();
                    columns.add(value);
                }
                return new RexInputRef(index, value.getType());
            }
        };
        RexNode condition = project.getProjects().get(place).accept(toColumns);
        RelNode all = LogicalProject.create(project.getInput(), List.of(), columns, (List<String>) null, Set.of());
        RelNode passed = LogicalFilter.create(all, condition);
        List<RexNode> wanted = rex.identityProjects(passed.getRowType()).subList(0, project.getProjects().size());
        return LogicalProject.create(passed, List.of(), wanted, project.getRowType().getFieldNames(), Set.of());
    }
}
