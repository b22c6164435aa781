package creek.core.operator;

import creek.core.data.Row;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an expression of a MATCH_RECOGNIZE sees: in DEFINE the rows of a match that has begun and the row that is asked about, which counts as
 * one of the variable it is tested for; in MEASURES those of a complete match. Rows are valid until the call returns.
 */
@ProviderType
public interface MatchedRows {
    /** Stands for the rows of all variables. */
    int ANY = -1;

    /** The row so many places after a variable's first; one whose columns are all null if there is none. */
    Row first(int variable, int offset);

    /** The row so many places before a variable's last; one whose columns are all null if there is none. */
    Row last(int variable, int offset);

    /** The results of {@link MatchAggregates}, by their place. */
    Row aggregates(int place) throws Exception;

    /** In DEFINE the time of the row that is asked about, in MEASURES the time when the match was certain, epoch milliseconds. */
    long time();
}
