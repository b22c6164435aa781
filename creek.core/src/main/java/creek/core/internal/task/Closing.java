package creek.core.internal.task;

/** Closes several things whatever happens to each. */
final class Closing {
    private final Throwable earlier;
    private Throwable first;

    /** @param earlier what went wrong before, or null: what goes wrong here is of less weight then */
    Closing(Throwable earlier) {
        this.earlier = earlier;
    }

    void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Throwable e) {
            if (earlier != null) {
                earlier.addSuppressed(e);
            } else if (first != null) {
                first.addSuppressed(e);
            } else {
                first = e;
            }
        }
    }

    /** Throws what went wrong first, unless something had before. */
    void end() throws Exception {
        if (first instanceof Error error) {
            throw error;
        } else if (first != null) {
            throw (Exception) first;
        }
    }
}
