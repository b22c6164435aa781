package creek.core.operator;

import creek.core.data.BinaryWriter;
import creek.core.data.Utf8;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The open sessions of all keys, for each key in order of time; more than a gap lies between one and the next. Sessions that are over serve
 * others.
 */
final class SessionTable {
    private static final int MAX_SPARES = 1 << 16;

    private final Accumulator prototype;
    private final KeyTable keys = new KeyTable();
    /** By key, the latest; null if there is none. */
    private Session[] latest = new Session[16];
    private final ArrayDeque<Session> spares = new ArrayDeque<>();

    SessionTable(Accumulator prototype) {
        this.prototype = prototype;
    }

    /** The number of a key. */
    int number(BinaryWriter key) {
        int number = keys.number(key.bytes(), key.size(), Utf8.hash(key.bytes(), 0, key.size()));
        if (number >= latest.length) {
            latest = Arrays.copyOf(latest, Math.max(number + 1, 2 * latest.length));
        }
        return number;
    }

    /** The key's bytes are the first {@link #keyLength} of these. */
    byte[] key(Session session) {
        return keys.key(session.key);
    }

    int keyLength(Session session) {
        return keys.length(session.key);
    }

    /**
     * The session that a row of the time from {@code start}, with the gap to {@code end}, belongs to, widened by it. It takes over those that
     * the row connects it to; touching is enough.
     *
     * @return null if there is none
     */
    Session widen(int key, long start, long end) throws Exception {
        Session found = null;
        Session later = null;
        for (Session each = latest[key]; each != null && each.end >= start; each = each.earlier) {
            if (each.start > end) {
                later = each;
                continue;
            }
            each.start = Math.min(each.start, start);
            each.end = Math.max(each.end, found == null ? end : found.end);
            if (found != null) {
                each.accumulator.merge(found.accumulator);
                found.merged = true;
                link(key, later, each);
                keys.release(key);
            }
            found = each;
        }
        return found;
    }

    /** Makes a session the one before another, or the latest if that is null. */
    private void link(int key, Session later, Session session) {
        if (later == null) {
            latest[key] = session;
        } else {
            later.earlier = session;
        }
    }

    /** A new session of a key, which touches no other. */
    Session add(int key, long start, long end) {
        Session later = null;
        Session earlier = latest[key];
        while (earlier != null && earlier.start > start) {
            later = earlier;
            earlier = earlier.earlier;
        }
        Session session = spares.isEmpty() ? new Session() : spares.pop();
        if (session.accumulator == null) {
            session.accumulator = prototype.newInstance();
        }
        session.key = key;
        session.start = start;
        session.end = end;
        session.earlier = earlier;
        session.merged = false;
        link(key, later, session);
        keys.use(key);
        return session;
    }

    /** Takes a session out that is over. */
    void remove(Session session) {
        Session later = null;
        for (Session each = latest[session.key]; each != session; each = each.earlier) {
            later = each;
        }
        link(session.key, later, session.earlier);
    }

    /** Lets a session that is over, or was taken over, serve another key. Its key is not asked for any more. */
    void release(Session session) {
        if (!session.merged) {
            keys.release(session.key);
        }
        session.earlier = null;
        if (!session.accumulator.reset()) {
            session.accumulator = null;
        }
        if (spares.size() < MAX_SPARES) {
            spares.push(session);
        }
    }
}
