package creek.sql.internal.validate;

import creek.core.option.OptionException;
import creek.sql.internal.SqlError;
import creek.sql.internal.plan.StateTtl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The hints of one SELECT that name its tables, and which of these names were met. As in Flink a name that is none of an input matters only where
 * there is a join, or an aggregation, to be hinted.
 */
final class SelectHints {
    /** A table that a hint names. */
    private static final class Mention {
        final SqlHint hint;
        final String table;
        /** Of STATE_TTL, else null. */
        final String ttl;
        boolean looked;
        boolean found;

        Mention(SqlHint hint, String table, String ttl) {
            this.hint = hint;
            this.table = table;
            this.ttl = ttl;
        }

        boolean is(String name) {
            return hint.getName().equalsIgnoreCase(name);
        }

        /** Whether it means an input: one of the names has the other at its end. */
        boolean means(String input) {
            looked = true;
            boolean matches = input != null && (("." + input).endsWith("." + table) || ("." + table).endsWith("." + input));
            found |= matches;
            return matches;
        }
    }

    private final SqlNode from;
    private final List<Mention> mentions = new ArrayList<>();

    /** @throws SqlError at the place of a hint that is not of the right form */
    SelectHints(SqlSelect select) {
        from = select.getFrom();
        if (!select.hasHints()) {
            return;
        }
        for (SqlNode node : select.getHints()) {
            SqlHint hint = (SqlHint) node;
            switch (hint.getName().toUpperCase(Locale.ROOT)) {
                case Hints.STATE_TTL -> pairs(hint).forEach((table, ttl) -> {
                    checkDuration(hint, table, ttl);
                    mentions.add(new Mention(hint, table, ttl));
                });
                case Hints.LOOKUP -> mentions.add(new Mention(hint, LookupHint.table(hint, pairs(hint)), null));
                default -> {
                    if (Hints.OF_BATCH_JOINS.contains(hint.getName().toUpperCase(Locale.ROOT))) {
                        tables(hint).forEach(table -> mentions.add(new Mention(hint, table, null)));
                    }
                }
            }
        }
    }

    /** The FROM of the SELECT, or null. */
    SqlNode from() {
        return from;
    }

    /** Where the name of the hint is. Where the hint itself begins depends on its options. */
    static SqlParserPos place(SqlHint hint) {
        return hint.getOperandList().get(0).getParserPosition();
    }

    private static void checkDuration(SqlHint hint, String table, String ttl) {
        try {
            StateTtl.millis(table, ttl);
        } catch (OptionException e) {
            throw SqlError.invalid("hint " + Hints.STATE_TTL + ", " + e.getMessage(), place(hint));
        }
    }

    private static Map<String, String> pairs(SqlHint hint) {
        if (hint.getOptionFormat() != SqlHint.HintOptionFormat.KV_LIST) {
            throw SqlError.invalid("hint " + hint.getName() + " takes pairs of texts: /*+ "
                    + (hint.getName().equalsIgnoreCase(Hints.LOOKUP) ? "LOOKUP('table' = 'name')" : "STATE_TTL('table' = '1 h')") + " */",
                    place(hint));
        }
        return new LinkedHashMap<>(hint.getOptionKVPairs());
    }

    private static List<String> tables(SqlHint hint) {
        if (hint.getOptionFormat() == SqlHint.HintOptionFormat.KV_LIST || hint.getOptionList().isEmpty()) {
            throw SqlError.invalid("hint " + hint.getName() + " takes names of tables: /*+ " + hint.getName() + "(name) */", place(hint));
        }
        return hint.getOptionList();
    }

    /**
     * How long a join keeps its rows.
     *
     * @param left  the name of the left input, null if it has none
     * @param right the name of the right input, null if it has none
     */
    StateTtl ofJoin(String left, String right) {
        String leftTtl = null;
        String rightTtl = null;
        for (Mention mention : mentions) {
            if (mention.is(Hints.LOOKUP)) {
                mention.means(right);
                continue;
            }
            boolean isLeft = mention.means(left);
            boolean isRight = mention.means(right);
            if (isLeft && isRight) {
                throw SqlError.invalid("hint " + mention.hint.getName() + ": '" + mention.table + "' may be '" + left + "' or '" + right + "'",
                        place(mention.hint));
            }
            // of several hints for one input the first counts
            leftTtl = isLeft && leftTtl == null ? mention.ttl : leftTtl;
            rightTtl = isRight && rightTtl == null ? mention.ttl : rightTtl;
        }
        return new StateTtl(leftTtl, rightTtl);
    }

    /** How long an aggregation of that input, null if it has no name, keeps its groups. */
    StateTtl ofAggregation(String input) {
        String ttl = null;
        for (Mention mention : mentions) {
            if (mention.is(Hints.STATE_TTL) && mention.means(input) && ttl == null) {
                ttl = mention.ttl;
            }
        }
        return new StateTtl(ttl, null);
    }

    /** Refuses a hint that names what is no input of what it could be about. */
    void requireFound() {
        for (Mention mention : mentions) {
            if (mention.looked && !mention.found) {
                throw SqlError.invalid("hint " + mention.hint.getName() + ": '" + mention.table + "' is not the name of "
                        + (mention.is(Hints.LOOKUP) ? "a table that is looked up" : "an input of a join")
                        + (mention.is(Hints.STATE_TTL) ? " or an aggregation" : "") + " in this SELECT; a table with an alias goes by that",
                        place(mention.hint));
            }
        }
    }
}
