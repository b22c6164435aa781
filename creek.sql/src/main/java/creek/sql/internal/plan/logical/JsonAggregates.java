package creek.sql.internal.plan.logical;

import creek.sql.internal.function.FunctionCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;

/** Lets JSON_ARRAYAGG and JSON_OBJECTAGG take JSON texts: what they take is computed below them by JSON_STRING. */
final class JsonAggregates extends RelShuttleImpl {
    private static final SqlOperator JSON_STRING = FunctionCatalogue.INSTANCE.named("JSON_STRING").get(0).operator();

    @Override
    public RelNode visit(LogicalAggregate given) {
        LogicalAggregate aggregate = (LogicalAggregate) super.visit(given);
        if (aggregate.getAggCallList().stream().noneMatch(JsonAggregates::isJson)) {
            return aggregate;
        }
        RelNode input = aggregate.getInput();
        RexBuilder rex = aggregate.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>();
        List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
        // over the expressions themselves, since text that is JSON already shows in them
        RelNode below = input instanceof LogicalProject project ? project.getInput() : input;
        columns.addAll(input instanceof LogicalProject project ? project.getProjects() : rex.identityProjects(input.getRowType()));
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            if (!isJson(call)) {
                calls.add(call);
                continue;
            }
            List<Integer> arguments = new ArrayList<>(call.getArgList());
            RexNode value = columns.get(arguments.remove(arguments.size() - 1));
            arguments.add(columns.size());
            columns.add(rex.makeCall(JSON_STRING, value));
            names.add("json$" + columns.size());
            calls.add(call.withArgList(arguments));
        }
        RelNode project = LogicalProject.create(below, List.of(), columns, names, Set.of());
        return aggregate.copy(aggregate.getTraitSet(), project, aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
    }

    private static boolean isJson(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return kind == SqlKind.JSON_ARRAYAGG || kind == SqlKind.JSON_OBJECTAGG;
    }
}
