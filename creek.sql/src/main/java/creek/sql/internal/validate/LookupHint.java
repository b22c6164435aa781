package creek.sql.internal.validate;

import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import creek.sql.internal.SqlError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlHint;

/** The hint LOOKUP, which says how to ask a table. Tables are held as a whole, so nothing but its form matters. */
final class LookupHint {
    private static final ConfigOption<String> TABLE = ConfigOption.required("table", String.class, "the table that is looked up");
    private static final ConfigOption<String> OUTPUT_MODE = ConfigOption.optional("output-mode", String.class, "in which order rows come out");
    private static final ConfigOption<String> RETRY_PREDICATE = ConfigOption.optional("retry-predicate", String.class, "when to look again");
    private static final ConfigOption<String> RETRY_STRATEGY = ConfigOption.optional("retry-strategy", String.class, "how to look again");
    private static final ConfigOption<Duration> FIXED_DELAY = ConfigOption.optional("fixed-delay", Duration.class, "how long to wait before that");
    private static final ConfigOption<Integer> MAX_ATTEMPTS = ConfigOption.optional("max-attempts", Integer.class, "how often to look");
    private static final List<ConfigOption<?>> RETRY = List.of(RETRY_PREDICATE, RETRY_STRATEGY, FIXED_DELAY, MAX_ATTEMPTS);
    private static final List<ConfigOption<?>> ALL = List.of(TABLE, ConfigOption.optional("async", Boolean.class, "whether answers may come later"),
            OUTPUT_MODE, ConfigOption.optional("capacity", Integer.class, "how many questions may be open"),
            ConfigOption.optional("timeout", Duration.class, "how long to wait for an answer"), RETRY_PREDICATE, RETRY_STRATEGY, FIXED_DELAY,
            MAX_ATTEMPTS);

    private LookupHint() {
    }

    /**
     * The table that the hint is about.
     *
     * @throws SqlError at the hint's place, if its options are not of the right form. As in Flink unknown ones are left alone
     */
    static String table(SqlHint hint, Map<String, String> texts) {
        try {
            Options options = Options.of(texts);
            options.check("it", ALL, unknown -> true);
            requireOneOf(options, OUTPUT_MODE, Set.of("ordered", "allow_unordered"));
            requireOneOf(options, RETRY_PREDICATE, Set.of("lookup_miss"));
            requireOneOf(options, RETRY_STRATEGY, Set.of("fixed_delay"));
            long given = RETRY.stream().filter(each -> options.contains(each.key())).count();
            if (given != 0 && given != RETRY.size()) {
                throw new OptionException(RETRY_STRATEGY.key(), "'retry-predicate', 'retry-strategy', 'fixed-delay' and 'max-attempts' go together: "
                        + "all of them or none");
            }
            if (options.find(MAX_ATTEMPTS).orElse(1) < 1) {
                throw new OptionException(MAX_ATTEMPTS.key(), "option 'max-attempts' is at least 1, not " + options.get(MAX_ATTEMPTS));
            }
            return options.get(TABLE);
        } catch (OptionException e) {
            throw SqlError.invalid("hint LOOKUP: " + e.getMessage(), SelectHints.place(hint));
        }
    }

    private static void requireOneOf(Options options, ConfigOption<String> option, Set<String> known) {
        String value = options.get(option);
        if (value != null && known.stream().noneMatch(value::equalsIgnoreCase)) {
            throw new OptionException(option.key(), "option '" + option.key() + "': '" + value + "' is not "
                    + String.join(" or ", known.stream().sorted().map(each -> "'" + each + "'").toList()));
        }
    }
}
