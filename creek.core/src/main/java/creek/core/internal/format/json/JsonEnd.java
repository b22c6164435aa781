package creek.core.internal.format.json;

import creek.core.format.DecodeException;
import creek.core.format.Framing;

/**
 * Where the record at hand ends. Of a line that is decoded before its end was looked for, that is found out as soon as somebody passes over bytes of
 * any kind. Nobody else comes across the line's end: neither the usual forms of values nor the remembered keys have a line feed or carriage return.
 * Not thread-safe.
 */
final class JsonEnd {
    private boolean alwaysGiven;
    private boolean given = true;
    private boolean found;
    private int end;

    /** Begins a record whose end is known. */
    void given() {
        given = true;
    }

    /**
     * Begins a line whose end nobody knows.
     *
     * @return false if the end must be known
     */
    boolean open() {
        given = alwaysGiven;
        found = false;
        return !given;
    }

    /** Says that a line's end can be in what is remembered. */
    void keepGiven() {
        alwaysGiven = true;
    }

    /**
     * The record's end for one who is at {@code p}.
     *
     * @param to what that one was given as the end
     * @throws DecodeException if the line does not end before {@code to}
     */
    int of(byte[] b, int p, int to) throws DecodeException {
        return given ? to : find(b, p, to);
    }

    private int find(byte[] b, int p, int to) throws DecodeException {
        if (!found) {
            end = Framing.LINES.findEnd(b, p, to);
            if (end < 0) {
                throw new DecodeException("the line's end is not there yet", p);
            }
            end -= end > p && b[end - 1] == '\r' ? 1 : 0;
            found = true;
        }
        return end;
    }
}
