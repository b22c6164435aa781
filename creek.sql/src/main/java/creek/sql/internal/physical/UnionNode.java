package creek.sql.internal.physical;

import creek.sql.internal.codegen.JavaNames;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataType;

/** All rows of several steps. */
final class UnionNode extends PhysicalNode {
    UnionNode(List<PhysicalNode> inputs, RelDataType rowType) {
        super(inputs, rowType);
    }

    @Override
    boolean passesChanges() {
        return true;
    }

    @Override
    boolean hasState() {
        return false;
    }

    @Override
    String kind() {
        return "union";
    }

    @Override
    String describe() {
        return "Union " + String.join(", ", rowType().getFieldNames());
    }

    @Override
    String write(JobWriter writer) {
        String streams = IntStream.range(0, inputs().size()).mapToObj(i -> writer.input(this, i)).collect(Collectors.joining(", "));
        return "topology.union(" + writer.id(this) + ", " + writer.use(Arrays.class) + ".asList(" + streams + "))";
    }
}
