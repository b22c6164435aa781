package creek.sql.internal.physical;

import creek.core.connector.ChangelogMode;

/** What can come out of a step besides inserts. */
record Changes(boolean updates, boolean deletes) {
    static final Changes NONE = new Changes(false, false);
    static final Changes UPDATES = new Changes(true, false);
    static final Changes ALL = new Changes(true, true);

    static Changes of(ChangelogMode mode) {
        return mode == ChangelogMode.INSERT_ONLY ? NONE : ALL;
    }

    boolean isEmpty() {
        return !updates && !deletes;
    }

    Changes and(Changes other) {
        return new Changes(updates || other.updates, deletes || other.deletes);
    }

    /** In Flink's words: {@code update and delete changes}. */
    String inWords() {
        return (updates && deletes ? "update and delete" : updates ? "update" : "delete") + " changes";
    }

    /** In the form of Flink's plans: {@code [I,UB,UA,D]}. */
    String shown(boolean before) {
        return "[I" + (updates ? before ? ",UB,UA" : ",UA" : "") + (deletes ? ",D" : "") + "]";
    }
}
