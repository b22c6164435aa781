package creek.sql.internal.validate;

import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.TableOptionTexts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.hint.HintPredicates;
import org.apache.calcite.rel.hint.HintStrategyTable;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Litmus;

/** The hints of SQL's <code>/*+ … *&#47;</code> comments. */
public final class Hints {
    /** Options of a table for one use of it. */
    public static final String OPTIONS = "OPTIONS";

    static final HintStrategyTable STRATEGIES = HintStrategyTable.builder()
            .hintStrategy(OPTIONS, HintPredicates.TABLE_SCAN)
            // how a batch job joins: of no consequence to a stream, as in Flink
            .hintStrategy("BROADCAST", HintPredicates.JOIN)
            .hintStrategy("SHUFFLE_HASH", HintPredicates.JOIN)
            .hintStrategy("SHUFFLE_MERGE", HintPredicates.JOIN)
            .hintStrategy("NEST_LOOP", HintPredicates.JOIN)
            // how to ask a table, which matters where it is not held as a whole
            .hintStrategy("LOOKUP", HintPredicates.or(HintPredicates.JOIN, HintPredicates.CORRELATE))
            // how long each side's rows are kept
            .hintStrategy("STATE_TTL", HintPredicates.or(HintPredicates.JOIN, HintPredicates.AGGREGATE))
            .errorHandler(new Refusal())
            .build();

    private Hints() {
    }

    /**
     * The options that hints of a table give.
     *
     * @throws SqlError for OPTIONS without pairs of texts
     */
    public static TableOptionTexts options(List<RelHint> hints) {
        Map<String, String> options = new LinkedHashMap<>();
        for (RelHint hint : hints) {
            if (hint.kvOptions.isEmpty()) {
                throw SqlError.invalid("hint " + OPTIONS + " takes pairs of texts: /*+ OPTIONS('key' = 'value') */").about(Set.of(SqlKind.HINT));
            }
            options.putAll(hint.kvOptions);
        }
        return new TableOptionTexts(options, Map.of(), new TableOptionTexts.Place(0, 0));
    }

    /** Unknown hints are mistakes, not comments. */
    private static final class Refusal implements Litmus {
        @Override
        public boolean fail(String message, Object... arguments) {
            throw SqlError.unsupported("hint " + (arguments.length == 0 ? "" : arguments[0])
                    + " is not known; a hint of a table is /*+ OPTIONS('key' = 'value') */").about(Set.of(SqlKind.HINT));
        }
    }
}
