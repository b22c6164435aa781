package creek.sql.internal.plan.logical;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * A subquery without the conditions that refer to the outer row, and these conditions.
 *
 * @param rel    the subquery's columns, behind them further ones that conditions need
 * @param pulled conditions over these columns and fields of the outer row
 */
record Correlation(RelNode rel, List<RexNode> pulled) {
    static Correlation takeOut(RelNode rel) {
        if (isCorrelated(rel)) {
            if (rel instanceof LogicalFilter filter) {
                return ofFilter(filter);
            }
            if (rel instanceof LogicalProject project && project.getProjects().stream().noneMatch(Correlation::isCorrelated)) {
                return ofProject(project);
            }
            throw new IllegalArgumentException("it refers to outer rows elsewhere than in WHERE");
        }
        return new Correlation(rel, List.of());
    }

    /** Whether a subquery refers to outer rows in its WHERE only, above all else, and there in no further subquery. */
    static boolean canTakeOut(RelNode rel) {
        return !isCorrelated(rel) || rel instanceof LogicalFilter filter && canTakeOut(filter.getInput())
                && RelOptUtil.conjunctions(filter.getCondition()).stream()
                        .noneMatch(each -> RexUtil.SubQueryFinder.find(each) != null && !filter.getVariablesSet().containsAll(free(each)))
                || rel instanceof LogicalProject project && project.getProjects().stream().noneMatch(Correlation::isCorrelated)
                && canTakeOut(project.getInput());
    }

    /** Whether a relation refers to rows outside of it. */
    static boolean isCorrelated(RelNode rel) {
        return !free(rel).isEmpty();
    }

    /** Whether an expression refers to an outer row. */
    static boolean isCorrelated(RexNode expression) {
        return !free(expression).isEmpty();
    }

    /** The rows outside of a relation that it refers to, or that a subquery inside of it does. */
    static Set<CorrelationId> free(RelNode rel) {
        Set<CorrelationId> found = new HashSet<>();
        rel.accept(new Finder(found));
        rel.getInputs().forEach(input -> found.addAll(free(input)));
        found.removeAll(rel.getVariablesSet());
        return found;
    }

    private static Set<CorrelationId> free(RexNode expression) {
        Set<CorrelationId> found = new HashSet<>();
        expression.accept(new Finder(found));
        return found;
    }

    private static final class Finder extends RexShuttle {
        private final Set<CorrelationId> found;

        Finder(Set<CorrelationId> found) {
            this.found = found;
        }

        @Override
        public RexNode visitCorrelVariable(RexCorrelVariable variable) {
            found.add(variable.id);
            return variable;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            found.addAll(free(query.rel));
            return super.visitSubQuery(query);
        }
    }

    private static Correlation ofFilter(LogicalFilter filter) {
        Correlation input = takeOut(filter.getInput());
        List<RexNode> pulled = new ArrayList<>(input.pulled);
        List<RexNode> stays = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            (filter.getVariablesSet().containsAll(free(condition)) ? stays : pulled).add(condition);
        }
        RexBuilder rex = filter.getCluster().getRexBuilder();
        RelNode rel = stays.isEmpty() ? input.rel
                : LogicalFilter.create(input.rel, RexUtil.composeConjunction(rex, stays), ImmutableSet.copyOf(filter.getVariablesSet()));
        return new Correlation(rel, pulled);
    }

    private static Correlation ofProject(LogicalProject project) {
        Correlation input = takeOut(project.getInput());
        List<RexNode> projects = new ArrayList<>(project.getProjects());
        RexShuttle toOutput = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                int place = projects.indexOf(reference);
                if (place < 0) {
                    place = projects.size();
                    projects.add(reference);
                }
                return new RexInputRef(place, reference.getType());
            }
        };
        List<RexNode> pulled = input.pulled.stream().map(each -> each.accept(toOutput)).toList();
        return new Correlation(LogicalProject.create(input.rel, List.of(), projects, (List<String>) null, Set.of()), pulled);
    }

    /** The conditions over the outer row's columns and then the subquery's. */
    List<RexNode> conditions(RelNode outer) {
        int arity = outer.getRowType().getFieldCount();
        return pulled.stream().map(each -> overOuter(RexUtil.shift(each, arity), outer)).toList();
    }

    /** An expression with fields of the outer row as columns. */
    static RexNode overOuter(RexNode expression, RelNode outer) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                if (!(access.getReferenceExpr() instanceof RexCorrelVariable)) {
                    return super.visitFieldAccess(access);
                }
                return RexInputRef.of(access.getField().getIndex(), outer.getRowType());
            }
        });
    }
}
