package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.KeyMap;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * Aggregates by key and session: rows of a key that are no further apart than a gap are in one session, and a row between two sessions may
 * make them one. Emits a session when the watermark has reached its last millisecond, in the form of {@link WindowAggregateOperator}. A row
 * that belongs to no open session and whose own would have ended is dropped and counted as late.
 */
public final class SessionWindowAggregateOperator extends Operator {
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

    // reused
    private final BinaryWriter key = new BinaryWriter();
    private final BinaryReader keyReader = new BinaryReader();
    private final Row out;

    /**
     * @param timeColumn place of the time attribute in the rows, or {@link Windows#PROCESSING_TIME}
     * @param zone       the session's zone for a TIMESTAMP_LTZ attribute and for processing time; null for a TIMESTAMP
     * @param gap        milliseconds without a row that end a session
     * @param keys       the grouping columns, none for sessions of all rows
     * @param prototype  makes the sessions' accumulators
     * @param aggregates number of columns that an accumulator emits
     */
    public SessionWindowAggregateOperator(int timeColumn, ZoneId zone, long gap, KeySelector keys, Accumulator prototype, int aggregates) {
        if (gap <= 0) {
            throw new IllegalArgumentException("SESSION: the gap must be longer than " + gap + " ms");
        }
        this.timeColumn = timeColumn;
        this.gap = gap;
        this.keys = Objects.requireNonNull(keys, "keys");
        this.prototype = Objects.requireNonNull(prototype, "prototype");
        this.zone = new ZoneShift(zone);
        this.out = new Row(keys.size() + aggregates + 3);
    }

    private boolean isEventTime() {
        return timeColumn != Windows.PROCESSING_TIME;
    }

    @Override
    public void process(Row row) throws Exception {
        long start = zone.toLocal(time(row));
        long end = start + gap;
        key.reset();
        keys.write(row, key);
        KeySessions ofKey = sessions.get(key);
        Session session = ofKey == null ? null : ofKey.widen(start, end);
        if (session == null) {
            if (zone.toTimer(end - 1) <= progress) {
                context.countLate();
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
        if (row.isNullAt(timeColumn)) {
            throw new IllegalArgumentException("the time attribute of a row is NULL, so that the row belongs to no window");
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
    public boolean resume() throws Exception {
        for (int rows = 0; rows < STEP_ROWS && !context.isOutputBusy(); rows++) {
            Session session = nextDue();
            if (session == null) {
                progress = firing;
                if (isEventTime()) {
                    output.watermark(firing);
                } else {
                    wakeForFirst();
                }
                return true;
            }
            emit(session);
        }
        return false;
    }

    private Session nextDue() {
        while (!timers.isEmpty() && timers.peek().timer <= firing) {
            Session session = timers.remove();
            if (!session.merged) {
                if (zone.toTimer(session.end - 1) == session.timer) {
                    return session;
                }
                setTimer(session);
            }
        }
        return null;
    }

    private void emit(Session session) throws Exception {
        KeySessions ofKey = session.owner;
        ofKey.remove(session);
        if (ofKey.isEmpty()) {
            sessions.remove(ofKey.key);
        }
        keyReader.reset(ofKey.key, 0, ofKey.key.length);
        keys.read(keyReader, out, 0);
        session.accumulator.emit(out, keys.size());
        int column = out.arity() - 3;
        out.setLong(column, session.start);
        out.setLong(column + 1, session.end);
        out.setLong(column + 2, zone.toEpoch(session.end - 1));
        output.process(out);
    }

    @Override
    public String toString() {
        return "SESSION(" + gap + " ms) aggregate";
    }
}
