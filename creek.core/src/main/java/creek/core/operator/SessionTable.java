package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.NumberedTable;
import creek.core.internal.state.ValueForm;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The open sessions of all keys, for each key in order of time; more than a gap lies between one and the next. Sessions that are over serve
 * others.
 */
final class SessionTable {
    private static final int MAX_SPARES = 1 << 16;

    private final Accumulator prototype;
    private final KeyTable keys;
    /** By key, the latest; null if there is none. */
    private Session[] latest = new Session[16];
    private final ArrayDeque<Session> spares = new ArrayDeque<>();

    /** The sessions as state; without it where something else brings them back. */
    private final NumberedTable<Session> kept;

    /**
     * @param restore told of each session that was kept, in the order in which they began
     * @param selector tells what kind of keys there will be
     */
    SessionTable(Accumulator prototype, KeySelector selector, NumberedTable.Restore<Session> restore) {
        this.prototype = prototype;
        keys = new KeyTable(selector);
        kept = new NumberedTable<>(new SessionForm(selector.form()), session -> {
            place(session);
            restore.accept(session);
        });
    }

    Accumulator prototype() {
        return prototype;
    }

    /** Makes the sessions part of the operator's state. */
    void keep(OperatorContext context) throws IOException {
        kept.keep(context, "sessions");
    }

    private final class SessionForm implements ValueForm<Session> {
        private final String keyForm;

        SessionForm(String keyForm) {
            this.keyForm = keyForm;
        }

        @Override
        public String text() {
            return keyForm + ", " + prototype.form() + " by session";
        }

        @Override
        public EntryRows entryRows() {
            return EntryRows.describingThemselves(prototype.functionStates());
        }

        @Override
        public void write(Session session, BinaryWriter to) {
            to.writeBytes(key(session), 0, keyLength(session));
            to.writeLong(session.start);
            to.writeLong(session.end);
            session.accumulator.write(to);
        }

        @Override
        public Session read(BinaryReader from) {
            Session session = new Session();
            byte[] key = from.readBytes();
            session.key = withRoom(keys.number(key, key.length, Utf8.hash(key, 0, key.length)));
            keys.use(session.key);
            session.start = from.readLong();
            session.end = from.readLong();
            session.accumulator = prototype.newInstance();
            session.accumulator.read(from);
            return session;
        }
    }

    /** The number of a row's key. */
    int number(KeySelector selector, Row row) {
        return withRoom(keys.number(selector, row));
    }

    private int withRoom(int number) {
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
            kept.touch(each);
            each.start = Math.min(each.start, start);
            each.end = Math.max(each.end, found == null ? end : found.end);
            if (found != null) {
                each.accumulator.merge(found.accumulator);
                found.merged = true;
                kept.remove(found);
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
        Session session = spares.isEmpty() ? new Session() : spares.pop();
        if (session.accumulator == null) {
            session.accumulator = prototype.newInstance();
        }
        session.key = key;
        session.start = start;
        session.end = end;
        session.merged = false;
        keys.use(key);
        place(session);
        kept.add(session, keys.hash(key));
        return session;
    }

    /** Puts a session among the others of its key. */
    private void place(Session session) {
        Session later = null;
        Session earlier = latest[session.key];
        while (earlier != null && earlier.start > session.start) {
            later = earlier;
            earlier = earlier.earlier;
        }
        session.earlier = earlier;
        link(session.key, later, session);
    }

    /** The hash of a session's key. */
    int hash(Session session) {
        return keys.hash(session.key);
    }

    /** Takes a session out that is over. */
    void remove(Session session) {
        Session later = null;
        for (Session each = latest[session.key]; each != session; each = each.earlier) {
            later = each;
        }
        link(session.key, later, session.earlier);
        kept.remove(session);
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
