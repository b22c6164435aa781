package creek.core.function;

import creek.core.data.Utf8;
import java.util.Locale;

/** What generated code does with functions' results. */
public final class Results {
    private Results() {
    }

    /** The result of a function whose type is NOT NULL. @throws IllegalArgumentException if it is null all the same */
    public static Utf8 notNull(Utf8 result, String function) {
        if (result == null) {
            throw new IllegalArgumentException(function.toUpperCase(Locale.ROOT) + " gives NULL here, but its arguments are NOT NULL and so its "
                    + "result's type is NOT NULL; give it an argument that may be NULL, such as NULLIF(string, '')");
        }
        return result;
    }
}
