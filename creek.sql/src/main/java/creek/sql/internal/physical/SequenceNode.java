package creek.sql.internal.physical;

import creek.sql.internal.codegen.JavaNames;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;

/** So many rows with their numbers, from 0 on. */
final class SequenceNode extends PhysicalNode {
    private final int count;

    SequenceNode(int count, RelDataType rowType) {
        super(List.of(), rowType);
        this.count = count;
    }

    @Override
    String kind() {
        return "values";
    }

    @Override
    String describe() {
        return "Values " + count + (count == 1 ? " row" : " rows");
    }

    @Override
    String write(JobWriter writer) {
        return "topology.sequence(" + writer.id(this) + ", " + count + ")";
    }
}
