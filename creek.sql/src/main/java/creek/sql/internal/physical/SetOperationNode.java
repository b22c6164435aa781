package creek.sql.internal.physical;

import creek.core.operator.SetOperator;
import creek.sql.internal.codegen.JavaNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** INTERSECT or EXCEPT of two streams. */
final class SetOperationNode extends PhysicalNode {
    private final SqlKind kind;
    private final boolean all;

    SetOperationNode(SetOp operation, List<PhysicalNode> inputs, RelDataType rowType) {
        super(inputs, rowType);
        kind = operation.kind;
        all = operation.all;
    }

    @Override
    Changes changes() {
        return kind == SqlKind.EXCEPT || all ? Changes.ALL : Changes.UPDATES.and(super.changes());
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        return all ? Set.of() : Set.of(ImmutableBitSet.range(rowType().getFieldCount()));
    }

    @Override
    int[] keyOfInput(int input) {
        return IntStream.range(0, rowType().getFieldCount()).toArray();
    }

    @Override
    String kind() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    String describe() {
        return kind + (all ? " ALL" : "");
    }

    @Override
    String write(JobWriter writer) {
        List<String> streams = IntStream.range(0, inputs().size()).mapToObj(i -> writer.input(this, i)).toList();
        return "topology.combine(" + writer.id(this) + ", " + writer.use(Arrays.class) + ".asList(" + String.join(", ", streams) + "), "
                + writer.use(SetOperator.class) + "." + kind() + "(" + all + ", " + writer.schema(kind() + "_columns", schema()) + "))";
    }
}
