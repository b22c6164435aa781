package creek.sql.internal.physical;

import creek.core.data.Schema;
import creek.core.operator.JoinInput;
import creek.sql.internal.plan.StateTtl;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of a join: a step and the places of its key columns.
 *
 * @param ttl how long its rows are kept, where a hint says so; else null
 */
record JoinSide(PhysicalNode node, int[] keys, String ttl) {
    int arity() {
        return node.rowType().getFieldCount();
    }

    List<String> keyNames() {
        List<String> names = new ArrayList<>();
        for (int key : keys) {
            names.add(node.rowType().getFieldNames().get(key));
        }
        return names;
    }

    /** The Java expression of the engine's form. */
    String write(JobWriter writer) {
        Schema schema = node.schema();
        return "new " + writer.use(JoinInput.class) + "(" + writer.schema(node.kind() + "_columns", schema) + ", "
                + writer.keySelector(keys, schema) + ", " + writer.takesBack(node) + ")"
                + (ttl == null ? "" : ".keptFor(" + StateTtl.millis("STATE_TTL", ttl) + "L)");
    }
}
