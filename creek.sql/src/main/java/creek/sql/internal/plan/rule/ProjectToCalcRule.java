package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.Rewrites;
import creek.sql.internal.plan.Rule;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;

/** A projection becomes a calc. */
public final class ProjectToCalcRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        if (!(node instanceof LogicalProject project)) {
            return null;
        }
        List<RexNode> projects = project.getProjects().stream().map(each -> Rewrites.overInput(each, project.getInput())).toList();
        return CalcRel.create(project.getInput(), null, projects, project.getRowType().getFieldNames());
    }
}
