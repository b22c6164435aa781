package creek.core.operator;

import java.util.ArrayList;
import java.util.List;

/** The open sessions of one key, in order of time; more than a gap lies between one and the next. */
final class KeySessions {
    /** The key, as the map of all keys has it. */
    final byte[] key;
    private final List<Session> sessions = new ArrayList<>(1);

    KeySessions(byte[] key) {
        this.key = key;
    }

    boolean isEmpty() {
        return sessions.isEmpty();
    }

    /**
     * The session that a row of the time from {@code start}, with the gap to {@code end}, belongs to, widened by it. It takes over those that
     * the row connects it to; touching is enough.
     *
     * @return null if there is none
     */
    Session widen(long start, long end) throws Exception {
        Session found = null;
        for (int i = sessions.size() - 1; i >= 0; i--) {
            Session each = sessions.get(i);
            if (each.end < start) {
                break;
            }
            if (each.start <= end) {
                each.start = Math.min(each.start, start);
                each.end = Math.max(each.end, end);
                if (found != null) {
                    each.end = Math.max(each.end, found.end);
                    each.accumulator.merge(found.accumulator);
                    found.merged = true;
                    sessions.remove(i + 1);
                }
                found = each;
            }
        }
        return found;
    }

    void add(Session session) {
        int place = sessions.size();
        while (place > 0 && sessions.get(place - 1).start > session.start) {
            place--;
        }
        sessions.add(place, session);
    }

    void remove(Session session) {
        sessions.remove(session);
    }
}
