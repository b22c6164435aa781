package creek.core.operator;

import creek.core.data.Row;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** What an operator may ask of the job that runs it. On the job's thread only. */
@ProviderType
public interface OperatorContext {
    /** The operator's id: the same for the same work in a changed job. */
    String id();

    /** The job's settings, as SET gave them. */
    Map<String, String> settings();

    /** The time; operators use no other clock. */
    Clock clock();

    /** The session's time zone. */
    ZoneId zone();

    /** Has {@link Operator#resume} called until it says that it is done, before anything else is read. */
    void resumeLater();

    /** As {@link #resumeLater}, but not at once: in a few milliseconds, or as soon as somebody wakes the loop. */
    void resumeAfterAPause();

    /**
     * Whether an operator further down has an emission put off. Whoever emits several things in one go asks before each, the watermark after
     * them included, and goes on {@linkplain #resumeLater later} when it is so.
     */
    boolean isOutputBusy();

    /** Has {@link Operator#processingTime} called once, as soon as the clock shows that time (epoch milliseconds) or later; once for each time. */
    void wakeAt(long time);

    /** Counts a row that was dropped because it came too late. */
    void countLate();

    /**
     * Counts a row that was dropped because it came too late, and hands it to whoever {@linkplain creek.core.job.Stream#lateRows wants} such
     * rows.
     *
     * @param lateness how far the watermark was past the row's event time, milliseconds
     */
    void countLate(Row row, long lateness) throws Exception;

    /** Counts a row for which a table was looked up. */
    void countLookup(boolean found);

    /** Counts a row that was left out because a setting says so. */
    void countSkipped();

    /**
     * Makes and opens an instance of a user-defined function, which the job closes at its end.
     *
     * @param name      the function's name, for messages
     * @param className its class: in the job's own bundle, or that of a bundle which provides it
     * @param call      the interface by which generated code calls it. A class beside it, with {@code Adapter} behind its name, extends
     *                  {@link creek.core.function.FunctionAdapter} and implements it over a function, which its constructor takes; it is loaded where
     *                  both the job's and the function's classes are seen
     * @param use       told now, and whenever the function is replaced, what to call from now on
     */
    default <C> void function(String name, String className, Class<C> call, Consumer<C> use) throws Exception {
        throw new UnsupportedOperationException("no functions here");
    }
}
