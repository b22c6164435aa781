package creek.core.internal.task;

import creek.core.internal.exchange.Inbox;
import creek.core.internal.swap.Switches;
import creek.core.job.JobState;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The loop of a {@link Task}: what it does in which order, turn by turn. On the job's thread only. */
final class TaskLoop {
    private static final long FIRST_PARK_NANOS = 100_000;
    private static final long LAST_PARK_NANOS = 20_000_000;
    /** If more time than that passes between two turns of the loop, the clock was put forward or the machine slept. */
    private static final long LONGEST_TURN_MILLIS = 60_000;
    private static final long LAST_CHECKPOINT_NANOS = 5_000_000_000L;

    // what it turns
    private final TaskSources sources;
    private final TaskSinks sinks;
    /** Those of all subtasks that this one takes checkpoints of while they stand still. */
    private final List<TableParts> tables;
    private final Inbox inbox;
    private final Schedule schedule;
    /** Null if the job takes none. */
    private final Checkpoints checkpoints;
    /** Null if the job is not parallel. */
    private final Alignment alignment;
    private final Switches switches;
    private final TaskMailbox mailbox;
    private final Clock clock;
    private final Consumer<JobState> states;
    private final Runnable publish;

    // its own
    private boolean stopping;
    private boolean cancelled;
    /** Whether somebody who read what a sink of another subtask writes has gone. */
    private boolean gone;
    private boolean leaving;
    private boolean paused;
    /** Whether nothing is read since checkpoints fail. */
    private boolean held;
    private JobState state = JobState.RUNNING;
    private long turn;
    private long lastTime;
    private long parkNanos = FIRST_PARK_NANOS;

    /**
     * @param states  is told of RUNNING, PARKED, WAITING and INCOMPATIBLE
     * @param publish publishes figures, once a turn
     */
    TaskLoop(TaskSources sources, TaskSinks sinks, List<TableParts> tables, Inbox inbox, Schedule schedule, Checkpoints checkpoints, Alignment alignment,
            Switches switches, TaskMailbox mailbox, Clock clock, Consumer<JobState> states, Runnable publish) {
        this.sources = sources;
        this.sinks = sinks;
        this.tables = tables;
        this.inbox = inbox;
        this.schedule = schedule;
        this.checkpoints = checkpoints;
        this.alignment = alignment;
        this.switches = switches;
        this.mailbox = mailbox;
        this.clock = clock;
        this.states = states;
        this.publish = publish;
    }

    /** Has the loop end. */
    void stop() {
        stopping = true;
    }

    /** Has the loop end as if the job had failed. */
    void cancel() {
        cancelled = true;
        stopping = true;
    }

    /** Has the loop end since another subtask's has, although sources are not at their end. */
    void endEarly() {
        gone = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Has the loop end in order, so that the job can be started again from its state. */
    void leave() {
        leaving = true;
    }

    boolean isStopping() {
        return stopping;
    }

    boolean isLeaving() {
        return leaving;
    }

    void setPaused(boolean wanted) {
        if (paused != wanted) {
            paused = wanted;
            if (wanted && checkpoints != null) {
                checkpoints.request();
            }
            showState();
        }
    }

    private void setHeld(boolean now) {
        if (held != now) {
            held = now;
            showState();
        }
    }

    /** Tells in what state the job is now, if it has changed, or why. */
    void showState() {
        JobState now = switches.isIncompatible() ? JobState.INCOMPATIBLE : switches.isWaiting() ? JobState.WAITING
                : paused || held ? JobState.PARKED : JobState.RUNNING;
        if (now != state || switches.isWaiting()) {
            state = now;
            states.accept(now);
        }
    }

    /** Runs until the sources end or somebody says stop. */
    void run() throws Exception {
        if (!inbox.isEmpty()) {
            sources.passOnWatermarks(time());
            inbox.flush();
        }
        while (true) {
            runCommands();
            if (alignment != null && alignment.hasEnded() || (stopping || leaving || gone || sinks.isOneGone()) && mayEnd()) {
                return;
            }
            long now = time();
            sinks.flushIfDue(now);
            inbox.flushIfDue(now);
            boolean waits = !makeSwitches(now) || checkpoints != null && !takeCheckpoint(now) || alignment != null && !align();
            setHeld(checkpoints != null && checkpoints.whyParked() != null);
            if (!sinks.areReady() || (paused || switches.isWaiting()) && !waits) {
                park(now);
            } else if (waits || schedule.deepestPutOff() >= 0) {
                if (goOn(now)) {
                    park(now);
                }
            } else if (holdsReading()) {
                park(now);
            } else {
                if (inbox.hasHeardFromAll() && (alignment == null || !alignment.isFinished())) {
                    schedule.runTimers(now);
                }
                if (!sources.passOnWatermarks(now) && schedule.deepestPutOff() < 0 && inbox.end()) {
                    if (alignment == null) {
                        return;
                    }
                    alignment.finish(switches.areOnTrial());
                }
                boolean received = inbox.receive();
                if (schedule.deepestPutOff() < 0) {
                    read(now, received);
                }
            }
            publish.run();
        }
    }

    /** @param received whether there was something else to do in this turn */
    private void read(long now, boolean received) throws Exception {
        SourceDriver source = inbox.hasHeardFromAll() ? sources.next() : null;
        if (source == null) {
            if (received) {
                parkNanos = FIRST_PARK_NANOS;
            } else {
                park(now);
            }
            return;
        }
        try {
            source.read(now, ++turn);
        } catch (Exception | LinkageError e) {
            if (!source.goBack(e)) {
                throw e;
            }
        }
        parkNanos = FIRST_PARK_NANOS;
    }

    /**
     * Makes the switches that are due, as far as that can be.
     *
     * @return false if something keeps them from being made: nothing else is to be begun then
     */
    private boolean makeSwitches(long now) throws Exception {
        switches.watch();
        Switches.Need need = switches.need(checkpoints != null);
        boolean isJobEnding = alignment != null && alignment.isEnding();
        boolean isTrialOver = switches.isTrialOver() || isJobEnding && switches.areOnTrial();
        if (need == Switches.Need.NOTHING && !isTrialOver) {
            return true;
        }
        if (checkpoints != null && checkpoints.isUnderWay()) {
            checkpoints.advance(now);
            if (checkpoints.isUnderWay()) {
                return !switches.hasBegunCheckpoint();
            }
            if (switches.hasBegunCheckpoint()) {
                switches.checkpointEnds(!checkpoints.isFailing(), checkpoints.status().failure());
                return makeSwitches(now);
            }
        }
        if (alignment == null && !isAtRecordBoundary()) {
            return false;
        }
        if (need != Switches.Need.NOTHING) {
            switches.hold();
        }
        if (alignment != null && !alignment.standStill()) {
            return true;
        }
        if (isJobEnding) {
            switches.confirmAll();
        } else {
            switches.endTrials();
        }
        if (need == Switches.Need.CHECKPOINT) {
            switches.confirmAll();
            checkpoints.begin(tables);
            switches.checkpointBegins();
            return false;
        }
        if (need == Switches.Need.BOUNDARY) {
            switches.perform(this::showState);
        }
        if (alignment != null) {
            alignment.goOn();
        }
        return true;
    }

    /**
     * What the clock shows. If it has gone back, what was to happen after some time happens after that time all the same; if it has jumped ahead, sources
     * have not been silent for that time.
     */
    private long time() {
        long now = clock.millis();
        if (now < lastTime) {
            long back = lastTime - now;
            sinks.clockWentBack(back);
            sources.clockWentBack(back);
            if (checkpoints != null) {
                checkpoints.clockWentBack(back);
            }
        }
        if (lastTime > 0 && now - lastTime > LONGEST_TURN_MILLIS) {
            sources.clockWentBack(lastTime - now);
        }
        lastTime = now;
        return now;
    }

    /**
     * Takes a checkpoint if one is due.
     *
     * @return false if one is due but something that has begun keeps it from being taken: nothing else is to be begun then, not even reading,
     *         and what has begun is gone on with even if reading is held
     */
    private boolean takeCheckpoint(long now) throws Exception {
        checkpoints.advance(now);
        if (schedule.deepestPutOff() < 0) {
            checkpoints.makeRoom(now);
        }
        if (checkpoints.isDue(now) && !switches.areOnTrial()) {
            if (alignment != null) {
                if (!alignment.isEnding() && !alignment.isStanding()) {
                    checkpoints.ask();
                }
                return true;
            }
            if (!isAtRecordBoundary()) {
                return false;
            }
            checkpoints.begin(tables);
        }
        return true;
    }

    /**
     * Comes nearer to where all subtasks come to, for a checkpoint or because something else is to be done there.
     *
     * @return false if something keeps it from that, as {@link #takeCheckpoint}, or if it was the end
     */
    private boolean align() throws Exception {
        if (schedule.deepestPutOff() < 0) {
            alignment.makeRoom();
        }
        return !alignment.isAsked() || isAtRecordBoundary() && alignment.advance(switches::endWatch) && !alignment.hasEnded();
    }

    /** Whether nothing is to be read or received. Subtasks that have not heard from each other take no checkpoint, which alone could end that. */
    private boolean holdsReading() {
        return checkpoints != null && checkpoints.holdsReading() && inbox.hasHeardFromAll() || alignment != null && alignment.holdsReading();
    }

    /** Whether the loop may end where it is: the subtasks of a job with checkpoints first come to a cut. */
    private boolean mayEnd() {
        if (alignment == null || cancelled || !alignment.hasCheckpoints()) {
            return true;
        }
        alignment.end(switches.areOnTrial());
        return false;
    }

    /**
     * Takes the last checkpoint, after which nothing is left to commit. What is put off is emitted before; a job that was told to stop does not wait
     * for ever for sinks that are not ready.
     *
     * @return whether all is committed; if not, it comes again when the job goes on
     */
    boolean checkpointAtEnd() throws Exception {
        long deadline = System.nanoTime() + LAST_CHECKPOINT_NANOS;
        switches.confirmAll();
        checkpoints.request();
        for (boolean begun = false; !begun || checkpoints.isUnderWay(); ) {
            runCommands();
            long now = time();
            checkpoints.advance(now);
            boolean complete = isAtRecordBoundary();
            if (!begun && !checkpoints.isUnderWay() && complete) {
                checkpoints.begin(tables);
                begun = true;
            } else if (stopping && !begun && System.nanoTime() - deadline > 0) {
                break;
            } else if (complete || !sinks.areReady() || goOn(now)) {
                LockSupport.parkNanos(this, FIRST_PARK_NANOS);
            }
        }
        boolean good = !checkpoints.isUnderWay() && !checkpoints.isFailing();
        if (!good && !stopping) {
            throw new TaskException(checkpoints.status().failure().orElse("the last checkpoint failed"), null);
        }
        return good;
    }

    /** Whether nothing is put off and no record has begun. */
    private boolean isAtRecordBoundary() {
        return schedule.deepestPutOff() < 0 && sources.withinRecord() == null;
    }

    /**
     * Goes on a step with what is put off, else with a record that has begun.
     *
     * @return whether to wait for a moment before the next step
     */
    private boolean goOn(long now) throws Exception {
        boolean received = inbox.receive();
        if (schedule.deepestPutOff() >= 0) {
            return schedule.resume() && !received;
        }
        SourceDriver source = sources.withinRecord();
        if (source != null) {
            source.finishRecord(now);
        }
        return source == null && !received;
    }

    private void runCommands() {
        if (mailbox.isWoken()) {
            mailbox.answer();
            sources.retryNow();
            mailbox.run(checkpoints);
        }
    }

    /** Waits for a moment, a little longer each time, or until somebody wakes the loop or a timer is due. */
    private void park(long now) throws Exception {
        sinks.flushDirty();
        inbox.flush();
        publish.run();
        long untilTimer = paused ? Long.MAX_VALUE : Math.max(0, schedule.nextTimer() - now);
        if (!mailbox.isWoken() && untilTimer > 0) {
            LockSupport.parkNanos(this, untilTimer > parkNanos / 1_000_000 ? parkNanos : untilTimer * 1_000_000);
        }
        parkNanos = Math.min(2 * parkNanos, LAST_PARK_NANOS);
    }
}
