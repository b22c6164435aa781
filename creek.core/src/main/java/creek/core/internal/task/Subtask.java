package creek.core.internal.task;

import creek.core.internal.exchange.Crossing;

/**
 * Which of the subtasks of a job a task is.
 *
 * @param index    from 0 on
 * @param crossing what connects them; null where there is only one
 */
record Subtask(int index, Crossing crossing) {
    static final Subtask ONLY = new Subtask(0, null);

    /** The id of a part of the job in this subtask. */
    String id(String id) {
        return id(id, index);
    }

    static String id(String id, int index) {
        return index == 0 ? id : id + "#" + index;
    }

    /** Lets go of what sources of that connector have in common. */
    void forgetCommon(Object connector) {
        if (crossing != null) {
            crossing.forget(connector);
        }
    }

    int parallelism() {
        return crossing == null ? 1 : crossing.parallelism();
    }
}
