package creek.sql.internal.physical;

import creek.core.operator.LimitOperator;
import creek.sql.internal.codegen.JavaNames;
import java.util.List;
import java.util.Set;
import org.apache.calcite.util.ImmutableBitSet;

/** Lets a number of rows pass, after leaving out some. */
final class LimitNode extends PhysicalNode {
    private final long offset;
    private final long fetch;

    LimitNode(PhysicalNode input, long offset, long fetch) {
        super(List.of(input), input.rowType());
        this.offset = offset;
        this.fetch = fetch;
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        return input().upsertKeys();
    }

    @Override
    int[] keyOfInput(int input) {
        return new int[0];
    }

    @Override
    String kind() {
        return "limit";
    }

    @Override
    String describe() {
        return "Limit " + (fetch == Long.MAX_VALUE ? "all" : fetch) + (offset == 0 ? "" : " after " + offset);
    }

    @Override
    String write(JobWriter writer) {
        return writer.input(this, 0) + ".then(" + writer.id(this) + ", new " + writer.use(LimitOperator.class) + "(" + offset + "L, "
                + (fetch == Long.MAX_VALUE ? "Long.MAX_VALUE" : fetch + "L") + "))";
    }
}
