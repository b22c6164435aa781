package creek.sql.internal.plan;

import org.apache.calcite.rel.RelNode;

/** One way to make a plan better, or to bring it nearer to what the engine's operators do. Stateless. */
public interface Rule {
    /**
     * Rewrites a node whose inputs are rewritten already.
     *
     * @return what takes its place, or null if the rule does not apply
     */
    RelNode apply(RelNode node);
}
