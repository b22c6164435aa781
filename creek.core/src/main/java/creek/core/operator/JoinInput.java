package creek.core.operator;

import creek.core.data.Schema;
import java.util.Objects;

/**
 * One side of a join.
 *
 * @param schema     the side's columns
 * @param keys       the columns that must equal the other side's, in the same order; rows with a null among them have no partner
 * @param retracting whether rows may be taken back; if not, less is kept in order
 */
public record JoinInput(Schema schema, KeySelector keys, boolean retracting) {
    public JoinInput {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(keys, "keys");
    }
}
