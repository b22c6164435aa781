package creek.core.operator;

import creek.core.data.Schema;
import java.util.Objects;

/**
 * What a Top-N is of.
 *
 * @param schema       the columns of the rows
 * @param partition    the columns of PARTITION BY, none for one partition in all
 * @param first        the first rank wanted, from 1
 * @param last         the last rank wanted; {@link Long#MAX_VALUE} for all
 * @param lastColumn   the column, a BIGINT or INT, that holds the last rank wanted in a partition's first row; -1 for {@code last}
 * @param ranked       whether the rank is one more column of the output, a BIGINT
 * @param updateBefore whether {@code -U} rows are wanted
 */
public record Ranking(Schema schema, KeySelector partition, SortKey order, long first, long last, int lastColumn, boolean ranked,
        boolean updateBefore) {
    public Ranking {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(order, "order");
        if (first < 1) {
            throw new IllegalArgumentException("ranks start with 1, not " + first);
        }
    }
}
