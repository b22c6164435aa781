package creek.swaps;

/** How fast SCALE lets jobs go, so that they neither end before all is swapped nor take longer than that. */
final class Pace {
    private static final String CALLS_PER_MILLISECOND = "swaps.pace";

    private Pace() {
    }

    static void slow() {
        System.setProperty(CALLS_PER_MILLISECOND, "4");
    }

    /** For small files. */
    static void crawl() {
        System.setProperty(CALLS_PER_MILLISECOND, "1");
    }

    static void none() {
        System.clearProperty(CALLS_PER_MILLISECOND);
    }

    /**
     * Slows the job down if it has read more than it should have by now; whether it has not ended.
     *
     * @param records what it should have read
     */
    static boolean isKept(TestPlatform platform, String job, long records) throws Exception {
        if (platform.status(job, "recordsIn") instanceof Long read && read > records) {
            slow();
        } else {
            System.setProperty(CALLS_PER_MILLISECOND, "32");
        }
        return !platform.state(job).matches("FINISHED|FAILED|STOPPED|NONE");
    }
}
