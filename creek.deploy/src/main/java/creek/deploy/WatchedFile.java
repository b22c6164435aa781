package creek.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;

/** What is known of a file in the deploy folder, from one look at the folder to the next. On the folder's thread. */
final class WatchedFile {
    /** Whether a jar is whole can be told, whether a script is can't. */
    private static final long JAR_QUIET_NANOS = Duration.ofMillis(200).toNanos();
    private static final long SCRIPT_QUIET_NANOS = Duration.ofMillis(500).toNanos();
    /** How long a file may look as if somebody were still copying it. */
    private static final long COPYING_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long RENAMED_NANOS = Duration.ofMillis(1500).toNanos();

    /** What tells one content of a file from another without reading it; null stands for no file. */
    private record Stamp(long size, FileTime modified, Object key) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return now.isRegularFile() ? new Stamp(now.size(), now.lastModifiedTime(), now.fileKey()) : null;
            } catch (IOException e) {
                return null;
            }
        }
    }

    /** What came of dealing with a file. */
    record Outcome(boolean isOver, String problem, Exception cause) {
        /** Nothing could be done yet. */
        static final Outcome LATER = new Outcome(false, null, null);
        static final Outcome GOOD = new Outcome(true, null, null);

        static Outcome bad(String problem, Exception cause) {
            return new Outcome(true, problem, cause);
        }
    }

    private final Path path;
    private Stamp stamp;
    private long since;
    private boolean looked;

    /** Whether the content that the file has now has been dealt with. */
    private boolean done;
    /** What was wrong when it was; null if nothing was. */
    private String problem;
    /** What was told of the file last, so that nothing is told twice. */
    private String reported;
    /** What is being done with the file; null if nothing is. */
    private Future<Outcome> work;
    private Stamp workedOn;

    WatchedFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Looks at the file. */
    void look(long now) {
        Stamp seen = Stamp.of(path);
        if (!looked || (seen == null ? stamp != null : !seen.equals(stamp))) {
            looked = true;
            stamp = seen;
            since = now;
            done = false;
            reported = null;
        }
    }

    /** Whether the file has gone, and not only to make room for another one. */
    boolean isGone(long now) {
        return isMissing() && !done && now - since >= SCRIPT_QUIET_NANOS;
    }

    /** Whether a file that has gone may come back under another name yet. */
    boolean mayBeRenamed(long now) {
        return now - since < RENAMED_NANOS;
    }

    /** Whether the file has gone and all that came of it. */
    boolean isForgotten() {
        return isMissing() && done && problem == null && !isBusy();
    }

    boolean isMissing() {
        return stamp == null;
    }

    /** Whether there is something to be done with the file, and nobody seems to be writing it. */
    boolean isReady(long now) {
        return stamp != null && !done && now - since >= (Deployments.isScript(path) ? SCRIPT_QUIET_NANOS : JAR_QUIET_NANOS);
    }

    /** Whether the file has come or changed and is not dealt with yet. */
    boolean isPending() {
        return stamp != null && !done;
    }

    /** Whether a file that looks half copied may become whole yet. */
    boolean mayGrow(long now) {
        return now - since < COPYING_NANOS;
    }

    boolean isEmpty() {
        return stamp != null && stamp.size == 0;
    }

    /** Notes that the content that the file has now was dealt with, well or not. */
    void done() {
        done = true;
    }

    /**
     * Notes why the file as it is now can't be deployed; null if it can.
     *
     * @return whether that is news
     */
    boolean problem(String message) {
        problem = message;
        boolean news = message != null && !message.equals(reported);
        reported = message;
        return news;
    }

    /** Notes what is being done with the file; null if that is over. */
    void work(Future<Outcome> begun) {
        work = begun;
        workedOn = stamp;
    }

    /** Whether the file is what it was when the work began. */
    boolean isAsWorkedOn() {
        return Objects.equals(stamp, workedOn);
    }

    Future<Outcome> work() {
        return work;
    }

    boolean isBusy() {
        return work != null;
    }

    boolean hasProblem() {
        return problem != null;
    }

    /** Has the file dealt with again, since something else has changed. */
    void retry() {
        done = false;
    }
}
