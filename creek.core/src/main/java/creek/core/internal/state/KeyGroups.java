package creek.core.internal.state;

/**
 * A range of key groups, which is what a subtask has of a table.
 *
 * @param first of the range
 * @param last  of the range, included; lower than the first if there are none
 */
public record KeyGroups(int first, int last) {
    private static final KeyGroups ALL = new KeyGroups(0, TableStore.KEY_GROUPS - 1);
    private static final KeyGroups NONE = new KeyGroups(0, -1);

    /** Those of one of so many subtasks. */
    public static KeyGroups of(int subtask, int parallelism) {
        return new KeyGroups(start(subtask, parallelism), start(subtask + 1, parallelism) - 1);
    }

    /** What a subtask has where all rows come to the first. */
    public static KeyGroups gathered(int subtask) {
        return subtask == 0 ? ALL : NONE;
    }

    private static int start(int subtask, int parallelism) {
        return (subtask * TableStore.KEY_GROUPS + parallelism - 1) / parallelism;
    }

    /** The subtask, of so many, that rows whose keys have that hash belong to. */
    public static int subtaskOf(int hash, int parallelism) {
        return TableStore.keyGroup(hash) * parallelism / TableStore.KEY_GROUPS;
    }

    boolean areAll() {
        return equals(ALL);
    }

    public boolean areNone() {
        return last < first;
    }

    boolean has(int group) {
        return group >= first && group <= last;
    }
}
