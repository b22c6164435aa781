package creek.sql.internal.plan;

import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.hint.RelHint;

/**
 * How long a step keeps what came from its inputs, where the hint {@code STATE_TTL} says so.
 *
 * @param left  a duration as the hint has it, for the left or only input; null if it says nothing
 * @param right the same for the right input
 */
public record StateTtl(String left, String right) {
    /** No hint says anything. */
    public static final StateTtl UNSET = new StateTtl(null, null);

    /** The name of the hint at a relation, which is about its inputs, in place of that of the SELECT, which is about tables. */
    public static final String HINT = "STATE_TTL_OF_INPUTS";

    private static final String LEFT = "left";
    private static final String RIGHT = "right";

    /** What the hints of a relation say. */
    public static StateTtl of(List<RelHint> hints) {
        return hints.stream().filter(hint -> hint.hintName.equals(HINT)).findFirst()
                .map(hint -> new StateTtl(hint.kvOptions.get(LEFT), hint.kvOptions.get(RIGHT))).orElse(UNSET);
    }

    /** This as a hint of a relation. */
    public RelHint toHint() {
        Map<String, String> options = new HashMap<>();
        if (left != null) {
            options.put(LEFT, left);
        }
        if (right != null) {
            options.put(RIGHT, right);
        }
        return RelHint.builder(HINT).hintOptions(options).build();
    }

    /**
     * A duration in milliseconds.
     *
     * @param table what it is for, for messages
     * @throws OptionException if the text is no duration
     */
    public static long millis(String table, String text) {
        return Options.of(Map.of(table, text)).get(ConfigOption.required(table, Duration.class, "how long state is kept")).toMillis();
    }
}
