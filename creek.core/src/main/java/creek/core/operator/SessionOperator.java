package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.Row;
import creek.core.internal.state.StateCell;
import creek.core.internal.state.TimeQueue;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Puts rows into sessions by key: rows of a key that are no further apart than a gap are in one session, and a row between two sessions may
 * make them one. A session is emitted when the watermark has reached its last millisecond. A row that belongs to no open session and whose own
 * would have ended is dropped and counted as late.
 */
abstract class SessionOperator extends Operator {
    // what it computes
    private final int timeColumn;
    private final long gap;
    private final KeySelector keys;
    private final ZoneShift zone;

    // state
    private final SessionTable sessions;
    /** When the operator looks at which session next; it may have grown by then. */
    private final TimeQueue<Session> timers = new TimeQueue<>();
    private long progress = Long.MIN_VALUE;
    /** How far the emission at hand goes. */
    private long firing = Long.MIN_VALUE;
    private long wakeUp = Long.MAX_VALUE;

    // emission in progress
    private Session emitting;
    private int stepsLeft;

    // reused
    private final BinaryReader keyReader = new BinaryReader();

    /**
     * @param timeColumn place of the time attribute in the rows, or {@link Windows#PROCESSING_TIME}
     * @param zone       the session's zone for a TIMESTAMP_LTZ attribute and for processing time; null for a TIMESTAMP
     * @param gap        milliseconds without a row that end a session
     * @param keys       the columns that sessions are partitioned by, none for sessions of all rows
     * @param prototype  makes what keeps a session's content
     */
    SessionOperator(int timeColumn, ZoneId zone, long gap, KeySelector keys, Accumulator prototype) {
        if (gap <= 0) {
            throw new IllegalArgumentException("SESSION: the gap must be longer than " + gap + " ms");
        }
        this.timeColumn = timeColumn;
        this.gap = gap;
        this.keys = Objects.requireNonNull(keys, "keys");
        this.sessions = new SessionTable(Objects.requireNonNull(prototype, "prototype"), keys, this::setTimer);
        this.zone = new ZoneShift(zone);
    }

    @Override
    public final void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        sessions.prototype().open(newContext);
        keep(sessions);
        if (!isEventTime()) {
            StateCell.keep(newContext, "progress", "time", to -> to.writeLong(progress), from -> progress = from.readLong());
        }
        wakeForFirst();
    }

    /** Makes the sessions, or what brings them back, part of the operator's state. */
    abstract void keep(SessionTable table) throws IOException;

    /** Adds a row to its session. */
    abstract void add(Session session, Row row, long start) throws Exception;

    /** Emits a session that is due, or goes on with it; whether that was all of it. Counts rows with {@link #step}. */
    abstract boolean emit(Session session) throws Exception;

    /** Called for a row that has no event time. */
    void processWithoutTime() {
        throw new IllegalArgumentException("the time attribute of a row is NULL, so that the row belongs to no window");
    }

    private boolean isEventTime() {
        return timeColumn != Windows.PROCESSING_TIME;
    }

    @Override
    public final void process(Row row) throws Exception {
        if (isEventTime() && row.isNullAt(timeColumn)) {
            processWithoutTime();
            return;
        }
        long start = zone.toLocal(time(row));
        long end = start + gap;
        int number = sessions.number(keys, row);
        Session session = sessions.widen(number, start, end);
        if (session == null) {
            if (zone.toTimer(end - 1) <= progress) {
                context.countLate(row, progress - time(row));
                return;
            }
            session = sessions.add(number, start, end);
            setTimer(session);
            wakeForFirst();
        }
        add(session, row, start);
    }

    private void setTimer(Session session) {
        timers.add(zone.toTimer(session.end - 1), session);
    }

    /** The session of a row that was kept, made anew if it is the first. */
    final Session sessionOf(Row row, long start) throws Exception {
        int number = sessions.number(keys, row);
        Session session = sessions.widen(number, start, start + gap);
        if (session == null) {
            session = sessions.add(number, start, start + gap);
            setTimer(session);
        }
        return session;
    }

    final int hash(Session session) {
        return sessions.hash(session);
    }

    private long time(Row row) {
        if (!isEventTime()) {
            // a clock that is put back must not lead into a session that has been emitted
            return Math.max(context.clock().millis(), progress + 1);
        }
        return row.getLong(timeColumn);
    }

    private void wakeForFirst() {
        if (!isEventTime() && timers.firstTime() < wakeUp) {
            wakeUp = timers.firstTime();
            context.wakeAt(wakeUp + 1);
        }
    }

    @Override
    public void watermark(long watermark) throws Exception {
        if (!isEventTime()) {
            output.watermark(watermark);
        } else if (timers.firstTime() > watermark) {
            firing = watermark;
            progress = watermark;
            output.watermark(watermark);
        } else {
            fireUpTo(watermark);
        }
    }

    @Override
    public void processingTime(long now) throws Exception {
        wakeUp = Long.MAX_VALUE;
        fireUpTo(now - 1);
    }

    private void fireUpTo(long time) throws Exception {
        firing = time;
        if (!resume()) {
            context.resumeLater();
        }
    }

    /** Emits sessions that are due, in order of their ends, then the watermark that made them so. */
    @Override
    public final boolean resume() throws Exception {
        stepsLeft = STEP_ROWS;
        while (emitting != null || (emitting = nextDue()) != null) {
            if (!step() || !emit(emitting)) {
                return false;
            }
            sessions.release(emitting);
            emitting = null;
        }
        if (context.isOutputBusy()) {
            return false;
        }
        progress = firing;
        if (isEventTime()) {
            output.watermark(firing);
        } else {
            wakeForFirst();
        }
        return true;
    }

    /** Whether something more may be emitted in this turn of the loop. */
    final boolean step() {
        return stepsLeft-- > 0 && !context.isOutputBusy();
    }

    /** A session that has grown since it got its timer gets another. */
    private Session nextDue() {
        while (timers.size() > 0 && timers.firstTime() <= firing) {
            Session session = timers.first();
            long timer = session.merged ? timers.firstTime() : zone.toTimer(session.end - 1);
            if (timer > timers.firstTime()) {
                timers.postpone(timer);
                continue;
            }
            timers.poll();
            if (!session.merged) {
                sessions.remove(session);
                return session;
            }
            sessions.release(session);
        }
        return null;
    }

    /** Sets columns from the first on to the key of a session. */
    final void setKey(Session session, Row row) {
        keyReader.reset(sessions.key(session), 0, sessions.keyLength(session));
        keys.read(keyReader, row, 0);
    }

    /** Sets the columns {@code window_start}, {@code window_end} and {@code window_time} of a session. */
    final void setWindowColumns(Session session, Row row, int column) {
        row.setLong(column, session.start);
        row.setLong(column + 1, session.end);
        row.setLong(column + 2, zone.toEpoch(session.end - 1));
    }

    /** What the windows are, for {@link #toString}. */
    final String windows() {
        return "SESSION(" + gap + " ms)";
    }
}
