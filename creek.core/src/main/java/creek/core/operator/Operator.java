package creek.core.operator;

/**
 * A step of a job with one input. All methods are called on the job's thread: {@link #open}, then rows and watermarks, then {@link #close}.
 * None may block, and none may emit without bound: what is long is cut into {@linkplain #resume resumable steps}.
 *
 * <p>An instance serves one run of one job; a restart makes new ones.
 */
public abstract class Operator implements Input {
    /** How many rows an operator may emit in one go before it must leave the loop a turn. */
    public static final int STEP_ROWS = 1000;

    protected OperatorContext context;
    protected Input output;

    /** Called once, before the first row. Overriders call it first. */
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        this.context = newContext;
        this.output = newOutput;
    }

    @Override
    public void watermark(long watermark) throws Exception {
        output.watermark(watermark);
    }

    @Override
    public void idle() throws Exception {
        output.idle();
    }

    /**
     * Goes on with an emission that was {@linkplain OperatorContext#resumeLater put off}: at most {@link #STEP_ROWS} rows more. While an
     * operator has something put off it gets neither rows nor watermarks.
     *
     * @return whether it is done
     */
    public boolean resume() throws Exception {
        return true;
    }

    /**
     * Emits all that it holds back for later, if it is not to keep that over a checkpoint. Called before each, and wherever the subtasks of a parallel job come to a
     * common place, while nothing is put off; only of operators whose rows go straight to other subtasks.
     *
     * @return whether nothing is held; if not, it is put off, and this is called again
     */
    public boolean emitHeld() throws Exception {
        return true;
    }

    /** Called when the processing time that was {@linkplain OperatorContext#wakeAt asked for} has come. */
    public void processingTime(long now) throws Exception {
    }

    /**
     * How many rows, groups or keys the operator keeps at the moment, for the job's status; 0 of those that don't count them. Asked once a turn of
     * the loop, also before the first row.
     */
    public long kept() {
        return 0;
    }

    /** Lets go of everything. Called once, also after a failure. */
    public void close() throws Exception {
    }

    /** Only for documentation of plans: what the operator does, in a few words. */
    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
