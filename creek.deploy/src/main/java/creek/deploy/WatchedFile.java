package creek.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/** What is known of a file in the deploy folder, from one look at the folder to the next. On the folder's thread. */
final class WatchedFile {
    /** Whether a jar is whole can be told, whether a script is can't. */
    private static final long JAR_QUIET_NANOS = Duration.ofMillis(200).toNanos();
    private static final long SCRIPT_QUIET_NANOS = Duration.ofMillis(500).toNanos();
    /** How long a file may look as if somebody were still copying it. */
    private static final long COPYING_NANOS = Duration.ofSeconds(2).toNanos();

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
        return stamp == null && now - since >= SCRIPT_QUIET_NANOS;
    }

    /** Whether there is something to be done with the file, and nobody seems to be writing it. */
    boolean isReady(long now) {
        return stamp != null && !done && now - since >= (Deployments.isScript(path) ? SCRIPT_QUIET_NANOS : JAR_QUIET_NANOS);
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

    boolean hasProblem() {
        return problem != null;
    }

    /** Has a file with a problem tried again, since something else has changed. */
    void retry() {
        done = false;
    }
}
