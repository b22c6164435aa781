package creek.core.internal.format.cdc;

import creek.core.data.Utf8;
import java.util.List;
import java.util.Map;

/** What a record of a change log says has been done to a row. */
enum Change {
    INSERT, UPDATE, DELETE,
    /** To a table, not to a row. */
    OTHER;

    /** A format's words for changes. */
    static final class Words {
        private final Utf8[] texts;
        private final Change[] changes;

        Words(Map<String, Change> words) {
            List<String> sorted = words.keySet().stream().sorted().toList();
            texts = sorted.stream().map(Utf8::of).toArray(Utf8[]::new);
            changes = sorted.stream().map(words::get).toArray(Change[]::new);
        }

        /** The change that a word stands for, or null. */
        Change find(Utf8 word) {
            for (int i = 0; i < texts.length; i++) {
                if (texts[i].equals(word)) {
                    return changes[i];
                }
            }
            return null;
        }
    }
}
