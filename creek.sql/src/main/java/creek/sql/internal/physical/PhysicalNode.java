package creek.sql.internal.physical;

import creek.core.data.Schema;
import creek.sql.internal.SqlError;
import creek.sql.internal.type.Types;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A step of a job, as the engine will run it: writes itself as Java that adds it to the topology. Two steps with the same {@link #digest} do
 * the same work and become one. Immutable.
 */
abstract class PhysicalNode {
    private static final int ID_BYTES = 5;

    private final List<PhysicalNode> inputs;
    private final RelDataType rowType;

    PhysicalNode(List<PhysicalNode> inputs, RelDataType rowType) {
        this.inputs = List.copyOf(inputs);
        this.rowType = rowType;
    }

    final List<PhysicalNode> inputs() {
        return inputs;
    }

    final PhysicalNode input() {
        return inputs.get(0);
    }

    /** The columns that come out. */
    final RelDataType rowType() {
        return rowType;
    }

    final Schema schema() {
        return Types.toSchema(rowType);
    }

    /** Whether rows can come out that are no inserts although only inserts come in. */
    boolean makesUpdates() {
        return false;
    }

    /** Whether rows can come out that are no inserts. */
    boolean isUpdating() {
        return makesUpdates() || inputs.stream().anyMatch(PhysicalNode::isUpdating);
    }

    /** Of an updating step: the step that the updates come from, itself or the nearest before it. */
    final PhysicalNode updatingStep() {
        return makesUpdates() ? this : inputs.stream().filter(PhysicalNode::isUpdating).findFirst().orElseThrow().updatingStep();
    }

    /** This step, whose rows go to one that can't take updates. */
    final PhysicalNode requireInserts(String consumer) {
        if (isUpdating()) {
            throw SqlError.unsupported(consumer + " doesn't support consuming update and delete changes which is produced by node "
                    + updatingStep().describe());
        }
        return this;
    }

    /** A word for names of variables, classes and ids: {@code calc}. */
    abstract String kind();

    /** What the step does, in a line of the plan. Complete: steps over the same inputs that say the same do the same. */
    abstract String describe();

    /** What {@link #describe} says that does not belong into the operator's id, so that the id stays when it changes. */
    String identity() {
        return describe();
    }

    /** Writes the step and gives the Java expression of its output stream. */
    abstract String write(JobWriter writer);

    /** What this step and all before it do. */
    final String digest() {
        StringBuilder text = new StringBuilder(identity());
        inputs.forEach(input -> text.append('\n').append(input.digest().indent(1)));
        return text.toString();
    }

    /** The operator's id: the same for the same work, whatever else a job does. */
    final String id() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(digest().getBytes(StandardCharsets.UTF_8));
            return kind() + "-" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
