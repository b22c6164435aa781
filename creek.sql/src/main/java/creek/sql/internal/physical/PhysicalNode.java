package creek.sql.internal.physical;

import creek.core.data.Schema;
import creek.sql.internal.SqlError;
import creek.sql.internal.type.Types;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A step of a job, as the engine will run it: writes itself as Java that adds it to the topology. Two steps with the same {@link #digest} do
 * the same work and become one. Immutable.
 */
abstract class PhysicalNode {
    private static final int ID_BYTES = 5;
    /** How the planner calls columns for which the script has no name. */
    private static final Pattern UNNAMED = Pattern.compile("(\\$f|EXPR\\$)\\d+");

    /** In which direction updates change a column: not at all, up, down, or nobody knows. */
    enum Direction { NONE, UP, DOWN, ANY }

    private final List<PhysicalNode> inputs;
    private final RelDataType rowType;
    private String digest;

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

    /** What can come out besides inserts; what comes in, unless the step says otherwise. */
    Changes changes() {
        Changes all = Changes.NONE;
        for (PhysicalNode input : inputs) {
            all = all.and(input.changes());
        }
        return all;
    }

    /** Whether rows can come out that are no inserts. */
    final boolean isUpdating() {
        return !changes().isEmpty();
    }

    /** Whether rows go out as the kinds that they came in as. Other steps make their changes themselves. */
    boolean passesChanges() {
        return false;
    }

    /** Whether {@code -U} rows come out, given whether somebody needs them and whether any come in. */
    boolean givesUpdateBefore(boolean needed, boolean comeIn) {
        return passesChanges() ? comeIn : needed;
    }

    /** Whether the step needs the {@code -U} rows of the input of that number, given whether its own are needed. */
    boolean needsUpdateBefore(int input, boolean own) {
        return passesChanges() ? own : true;
    }

    /** Whether the step, which has one input, can do without {@code -U} rows, telling by a key which row an update is of. */
    boolean canUpdateByKey() {
        return false;
    }

    /** Sets of columns each of which tells a row from all others that are there at the same time, and an update's row. */
    Set<ImmutableBitSet> upsertKeys() {
        return Set.of();
    }

    /** In which direction updates change a column. */
    Direction direction(int column) {
        return isUpdating() ? Direction.ANY : Direction.NONE;
    }

    /** Of an updating step: the step that makes the changes, itself or one before it whose changes it passes on. */
    private PhysicalNode updatingStep() {
        return passesChanges() && !inputs.isEmpty()
                ? inputs.stream().filter(PhysicalNode::isUpdating).findFirst().orElseThrow().updatingStep() : this;
    }

    /** This step, whose rows go to one that takes inserts only. */
    final PhysicalNode requireInserts(String consumer) {
        if (isUpdating()) {
            PhysicalNode maker = updatingStep();
            throw SqlError.unsupported(consumer + " doesn't support consuming " + maker.changes().inWords() + " which is produced by node "
                    + maker.describe());
        }
        return this;
    }

    /** What may go wrong with the step although it is allowed, for people. */
    Optional<String> warning() {
        return Optional.empty();
    }

    /** Whether rows are dropped that come too late, and handed on as they come in. Windows that rows are put into say for themselves. */
    boolean dropsLateRows() {
        return false;
    }

    /** A word for names of variables, classes and ids: {@code calc}. */
    abstract String kind();

    /** What the step does, in a line of the plan. Complete: steps over the same inputs that say the same do the same. */
    abstract String describe();

    /** What tells this step from others over the same inputs, where that is not what {@link #describe} says. */
    String identity() {
        return describe();
    }

    /** Whether the step keeps something between rows, so that a changed script has to find it again by the step's {@link #id}. */
    boolean hasState() {
        return true;
    }

    /** What a changed script must say as well for the step to go on with what it kept: no names of results, no times to live. */
    String stateIdentity() {
        return describe();
    }

    /**
     * The columns of the input of that number of which the step must see all rows that have the same values, since it keeps something for them; none if
     * it must see all rows; null if it takes each row by itself.
     */
    int[] keyOfInput(int input) {
        if (hasState()) {
            throw new IllegalStateException("nothing says by what " + kind() + " keeps its state");
        }
        return null;
    }

    /** Writes the step and gives the Java expression of its output stream. */
    abstract String write(JobWriter writer);

    /** What this step and all before it do. */
    final String digest() {
        if (digest == null) {
            StringBuilder text = new StringBuilder(identity());
            inputs.forEach(input -> text.append('\n').append(input.digest().indent(1)));
            digest = text.toString();
        }
        return digest;
    }

    /**
     * The operator's id. Of a step with state it is the same in every script in which the step does the same with what comes from the same steps with
     * state, whatever lies between: filters, other columns, options of tables.
     */
    final String id() {
        try {
            String text = hasState() ? lineage() : digest();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return kind() + "-" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String lineage() {
        String inner = inputs.stream().map(PhysicalNode::lineage).collect(Collectors.joining(", "));
        if (!hasState()) {
            return inner;
        }
        String own = stateIdentity();
        boolean single = inputs.size() == 1;
        StringBuilder text = new StringBuilder(single ? input().origins(own) : own);
        // rows may be kept: what such a column is must not change, as its name does not say it
        String unnamed = inputs.stream().flatMap(input -> input.rowType().getFieldNames().stream()).filter(UNNAMED.asMatchPredicate())
                .collect(Collectors.joining(" "));
        inputs.forEach(input -> input.define(own + " " + unnamed, !single, text));
        return renumbered(text) + (inner.isEmpty() ? "" : " of (" + inner + ")");
    }

    /** Numbers columns without names in the order in which the text speaks of them: their own numbers depend on other columns. */
    private static String renumbered(CharSequence text) {
        List<String> names = new ArrayList<>();
        return UNNAMED.matcher(text).replaceAll(found -> {
            if (!names.contains(found.group())) {
                names.add(found.group());
            }
            return "#" + (names.indexOf(found.group()) + 1);
        });
    }

    /** A text with the names that columns had before they were renamed since the last step with state. */
    String origins(String text) {
        return hasState() || inputs.size() != 1 ? text : input().origins(text);
    }

    /**
     * Adds what computed columns are that a text speaks of.
     *
     * @param renamed whether it says as well which columns were renamed
     */
    void define(String mentioning, boolean renamed, StringBuilder text) {
        if (!hasState()) {
            inputs.forEach(input -> input.define(mentioning, renamed, text));
        }
    }
}
