package creek.sql.internal.plan.rule;

import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.SourceScan;
import org.apache.calcite.rel.RelNode;

/** A calc that changes nothing goes, except over a source, where it says which columns are wanted. */
public final class IdentityCalcRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        return node instanceof CalcRel calc && calc.isIdentity() && !(calc.getInput() instanceof SourceScan) ? calc.getInput() : null;
    }
}
