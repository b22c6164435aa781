package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.KeyMap;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;

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
    private final Accumulator prototype;
    private final ZoneShift zone;

    // state
    private final KeyMap<KeySessions> sessions = new KeyMap<>();
    private final PriorityQueue<Session> timers =
            new PriorityQueue<>(Comparator.<Session>comparingLong(session -> session.timer).thenComparingLong(session -> session.number));
    private long created;
    private long progress = Long.MIN_VALUE;
    /** How far the emission at hand goes. */
    private long firing = Long.MIN_VALUE;
    private long wakeUp = Long.MAX_VALUE;

    // emission in progress
    private Session emitting;
    private int stepsLeft;

    // reused
    private final BinaryWriter key = new BinaryWriter();

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
        this.prototype = Objects.requireNonNull(prototype, "prototype");
        this.zone = new ZoneShift(zone);
    }

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
        key.reset();
        keys.write(row, key);
        KeySessions ofKey = sessions.get(key);
        Session session = ofKey == null ? null : ofKey.widen(start, end);
        if (session == null) {
            if (zone.toTimer(end - 1) <= progress) {
                context.countLate(row, progress - time(row));
                return;
            }
            session = open(ofKey, start, end);
        }
        if (row.kind().isRetraction()) {
            session.accumulator.retract(row);
        } else {
            session.accumulator.accumulate(row);
        }
    }

    private long time(Row row) {
        if (!isEventTime()) {
            // a clock that is put back must not lead into a session that has been emitted
            return Math.max(context.clock().millis(), progress + 1);
        }
        return row.getLong(timeColumn);
    }

    private Session open(KeySessions found, long start, long end) {
        KeySessions ofKey = found;
        if (ofKey == null) {
            ofKey = new KeySessions(key.toBytes());
            sessions.add(ofKey.key, ofKey);
        }
        Session session = new Session(ofKey, created++, prototype.newInstance(), start, end);
        ofKey.add(session);
        setTimer(session);
        return session;
    }

    /** A session gets a timer for its end as it is now; when that comes and the session has grown, it gets another. */
    private void setTimer(Session session) {
        session.timer = zone.toTimer(session.end - 1);
        timers.add(session);
        wakeForFirst();
    }

    private void wakeForFirst() {
        if (!isEventTime() && !timers.isEmpty() && timers.peek().timer < wakeUp) {
            wakeUp = timers.peek().timer;
            context.wakeAt(wakeUp + 1);
        }
    }

    @Override
    public void watermark(long watermark) throws Exception {
        if (isEventTime()) {
            fireUpTo(watermark);
        } else {
            output.watermark(watermark);
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

    private void remove(Session session) {
        session.owner.remove(session);
        if (session.owner.isEmpty()) {
            sessions.remove(session.owner.key);
        }
    }

    private Session nextDue() {
        while (!timers.isEmpty() && timers.peek().timer <= firing) {
            Session session = timers.remove();
            if (!session.merged) {
                if (zone.toTimer(session.end - 1) == session.timer) {
                    remove(session);
                    return session;
                }
                setTimer(session);
            }
        }
        return null;
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
