package creek.core.option;

import java.util.Collection;

/** Finds what was meant by a name that is not there. */
public final class SimilarNames {
    /** So many letters may be wrong, missing or too many. */
    private static final int MOST_EDITS = 2;

    private SimilarNames() {
    }

    /** {@code did you mean 'path'? } for the most similar of the known names, or nothing where none is similar. */
    public static String hint(String name, Collection<String> known) {
        String best = null;
        int least = MOST_EDITS + 1;
        for (String each : known) {
            int edits = edits(name, each);
            if (edits < least) {
                least = edits;
                best = each;
            }
        }
        return best == null ? "" : "did you mean '" + best + "'? ";
    }

    /** The Levenshtein distance, computed a row of its table at a time. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j - 1], diagonal) + 1);
            }
        }
        return row[b.length()];
    }
}
