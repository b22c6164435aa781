package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import java.util.List;

/**
 * The aggregates of one group in one object with typed fields, as the planner generates it. Serves as the prototype for others of its kind.
 */
public abstract class Accumulator {
    /** Prepares the prototype, before anything is added to those of its kind. */
    public void open(OperatorContext context) throws Exception {
    }

    /** A new, empty accumulator of this kind. */
    public abstract Accumulator newInstance();

    /**
     * Makes this accumulator empty again, so that it can serve another group.
     *
     * @return false if it can't; it is then dropped and {@linkplain #newInstance a new one} made
     */
    public boolean reset() {
        return false;
    }

    /** Adds a row. */
    public abstract void accumulate(Row row) throws Exception;

    /** Takes back a row that was added. */
    public void retract(Row row) throws Exception {
        throw new UnsupportedOperationException(getClass().getName() + " can't take rows back");
    }

    /** Adds what another accumulator of this kind holds, which stays as it is and shares nothing that changes with this one. */
    public abstract void merge(Accumulator other) throws Exception;

    /** Whether what it holds takes the same room however many rows were added, so that copies and merges of it cost little. */
    public boolean isFixedSize() {
        return false;
    }

    /** Whether the results are other ones after each row that is added, as those of COUNT(*) are, and none is taken back. */
    public boolean changesWithEachRow() {
        return false;
    }

    /** Sets the aggregates' results in the row's columns from {@code column} on. */
    public abstract void emit(Row row, int column) throws Exception;

    /** Whether all that was added has been taken back, so that there is no result; only accumulators that count rows can tell. */
    public boolean isEmpty() {
        return false;
    }

    /** What {@link #write} writes, as text: another one whenever the content of another accumulator could not be read. */
    public String form() {
        return "aggregates";
    }

    /** The fields of the accumulators of user-defined functions in it, which may become more and wider. */
    public List<Schema> functionStates() {
        return List.of();
    }

    /** Writes the content, for state. */
    public abstract void write(BinaryWriter output);

    /** Replaces the content by what {@link #write} wrote. */
    public abstract void read(BinaryReader input);
}
