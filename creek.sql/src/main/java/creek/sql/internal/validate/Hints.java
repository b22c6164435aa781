package creek.sql.internal.validate;

import creek.sql.internal.SqlError;
import creek.sql.internal.catalog.TableOptionTexts;
import creek.sql.internal.plan.StateTtl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.rel.hint.HintPredicates;
import org.apache.calcite.rel.hint.HintStrategyTable;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Litmus;

/** The hints of SQL's <code>/*+ … *&#47;</code> comments. */
public final class Hints {
    /** Options of a table for one use of it. */
    public static final String OPTIONS = "OPTIONS";

    /** How long state is kept, table by table. */
    static final String STATE_TTL = "STATE_TTL";

    /** How to ask a table, which matters where it is not held as a whole. */
    static final String LOOKUP = "LOOKUP";

    /** How a batch job joins: of no consequence to a stream, as in Flink. */
    static final Set<String> OF_BATCH_JOINS = Set.of("BROADCAST", "SHUFFLE_HASH", "SHUFFLE_MERGE", "NEST_LOOP");

    static final HintStrategyTable STRATEGIES = strategies();

    private Hints() {
    }

    /** What hints there are. Those of a SELECT are resolved by name where it is converted, so that they go nowhere by themselves. */
    private static HintStrategyTable strategies() {
        HintStrategyTable.Builder known = HintStrategyTable.builder().hintStrategy(OPTIONS, HintPredicates.TABLE_SCAN);
        Stream.concat(OF_BATCH_JOINS.stream(), Stream.of(STATE_TTL, LOOKUP, StateTtl.HINT))
                .forEach(name -> known.hintStrategy(name, (hint, node) -> false));
        return known.errorHandler(new Refusal()).build();
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
