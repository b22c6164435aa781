package creek.core.operator;

import creek.core.data.Schema;
import creek.core.internal.state.TimeToLive;
import java.util.Objects;

/**
 * One side of a join.
 *
 * @param schema     the side's columns
 * @param keys       the columns that must equal the other side's, in the same order; rows with a null among them have no partner
 * @param retracting whether rows may be taken back; if not, less is kept in order
 * @param ttl        for how many milliseconds a regular join keeps the side's rows, 0 for ever
 */
public record JoinInput(Schema schema, KeySelector keys, boolean retracting, long ttl) {
    /** A side that is kept for as long as the job's state is. */
    public JoinInput(Schema schema, KeySelector keys, boolean retracting) {
        this(schema, keys, retracting, TimeToLive.AS_SET);
    }

    public JoinInput {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(keys, "keys");
    }

    /** What a key of this side holds, as text. */
    String form() {
        return "rows by " + keys.form();
    }

    /** This side with rows that are kept for so many milliseconds, 0 for ever, whatever the job's settings say. */
    public JoinInput keptFor(long millis) {
        return new JoinInput(schema, keys, retracting, millis);
    }
}
