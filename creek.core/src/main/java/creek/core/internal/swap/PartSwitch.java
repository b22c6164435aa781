package creek.core.internal.swap;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The change of one {@link PartUse} from what it uses to something else, or to nothing. In this order: {@link #prepare}, {@link #ask}, {@link #perform},
 * and where a newcomer has taken over, a probation that ends with {@link #confirm} or with the switch going back by itself.
 */
public abstract class PartSwitch {
    private static final Logger LOG = System.getLogger("creek.core.swap");

    private final PartUse use;
    private final List<BoundPart> from;
    private final List<BoundPart> to;
    /** Why the use waited before; null if it did not. */
    private final WaitReason waited;

    /** @param to what it goes over to; empty if to nothing */
    protected PartSwitch(PartUse use, List<BoundPart> to) {
        this.use = use;
        this.from = use.bound();
        this.to = to;
        waited = use.waitsFor();
    }

    public final PartUse use() {
        return use;
    }

    /** Whether it lets go of what it uses without anything else. */
    public final boolean isRelease() {
        return to.isEmpty();
    }

    /** Whether it goes over from what failed on probation meanwhile, and was taken back: whatever fails then has the switch planned anew. */
    final boolean isOutdated() {
        return !isRelease() && !from.equals(use.bound());
    }

    /** What is new; of a release, what has gone. */
    public List<BoundPart> changed() {
        return to.stream().filter(part -> from.stream().noneMatch(part::isSame)).toList();
    }

    /** All that it used before. */
    final List<BoundPart> allBefore() {
        return from;
    }

    /** All that it goes over to; empty if to nothing. */
    final List<BoundPart> allAfter() {
        return to;
    }

    /** Why the use waited before; null if it did not. */
    protected final WaitReason waited() {
        return waited;
    }

    /** What it consists of, by subtask: of a job that is not parallel, itself. */
    public List<PartSwitch> bySubtask() {
        return List.of(this);
    }

    /** Takes down what the newcomer is to be asked about. On the job's thread, between two reads. */
    public void prepare() throws Exception {
    }

    /**
     * Asks the newcomer whether it can take over, as far as that can be known while the other one is in use. On a thread of its own, while the job runs.
     *
     * @throws Exception if it can't; the message says why
     */
    public void ask() throws Exception {
    }

    /** Whether a checkpoint must be complete, and nothing have come after it, before this is done in a job with checkpoints. */
    public boolean needsCheckpoint() {
        return false;
    }

    /**
     * Switches. On the job's thread, at a record boundary with no checkpoint under way.
     *
     * @throws NotSwitchedException if it did not work and all is as before
     * @throws Exception            if it did not work and the job can't go on
     */
    public abstract void perform() throws Exception;

    /** Says how far {@link #perform} has come: what tests of crashes wait for. */
    protected final void step(String name) {
        LOG.log(Level.DEBUG, "{0}: {1}", use.text(), name);
    }

    /** Does what makes a newcomer ready, and closes the newcomer if that fails. */
    protected static <T> T closingIfItFails(AutoCloseable newcomer, Callable<T> action) throws Exception {
        try {
            return action.call();
        } catch (Throwable e) {
            try {
                newcomer.close();
            } catch (Throwable second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** Of a source, after {@link #perform}: where it stood. */
    public Optional<String> position() {
        return Optional.empty();
    }

    /** How many records or rows the newcomer has handled. */
    public long handled() {
        return Long.MAX_VALUE;
    }

    /** Why the switch has gone back by itself, if it has. */
    public Optional<String> goneBack() {
        return Optional.empty();
    }

    /**
     * Goes back to what was before {@link #perform}, unless it has done so by itself: the newcomer has failed in another subtask, or could not take over
     * there. At a record boundary, while all subtasks stand still; {@link #confirm} follows.
     *
     * @throws Exception if that can't be, so that the job can't go on
     */
    public void takeBack(String reason) throws Exception {
    }

    /**
     * The probation is about to end with {@link #confirm}: has what the newcomer has put off done, so that it goes back if it fails at that, and has all
     * subtasks go back where one has. On the job's thread, at a record boundary.
     */
    protected void settle() throws Exception {
    }

    /** The probation is over, however it went: lets go of what is not in use. On the job's thread. */
    public void confirm() {
    }

    /** Will not be performed. On any thread; does not block. */
    public void drop() {
    }

    /** Was performed, or dropped: closes what the job has no need to wait for. On the swap's thread; may block, for a bounded time. */
    public void letGo() {
    }

    /** The version before could not be ended as it should be, so that the job can't go on but from a checkpoint. */
    public static final class OldVersionException extends Exception {
        private static final long serialVersionUID = 1L;

        public OldVersionException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A newcomer could not take over, and all is as before. */
    public static final class NotSwitchedException extends Exception {
        private static final long serialVersionUID = 1L;

        public NotSwitchedException(String reason) {
            super(reason);
        }
    }
}
