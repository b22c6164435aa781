package creek.core.internal.format.csv;

import creek.core.format.DecodeException;
import creek.core.format.Framing;
import creek.core.internal.format.Digits;
import creek.core.internal.format.EachByte;
import java.util.Arrays;

/**
 * Takes a record apart into fields. The text of a field is a slice of the record where it stands there as it is, else a slice of a buffer
 * that is kept until the next record. Not thread-safe.
 */
final class CsvFields {
    private final CsvDialect dialect;
    private final byte quote;
    private final boolean quoted;
    private final boolean escaped;
    private final long delimiters;
    private byte[] buffer = new byte[256];
    private int used;

    /** The field's text is {@code bytes[from, to)}. */
    byte[] bytes;
    int from;
    int to;

    CsvFields(CsvDialect dialect) {
        this.dialect = dialect;
        quote = dialect.quote();
        quoted = quote != CsvDialect.NONE;
        escaped = dialect.escape() != CsvDialect.NONE;
        delimiters = EachByte.of(dialect.delimiter());
    }

    /** Forgets the fields of the last record. */
    void reset() {
        used = 0;
    }

    static int skipBlanks(byte[] b, int from, int to) {
        int p = from;
        while (p < to && b[p] == ' ') {
            p++;
        }
        return p;
    }

    /** Takes the field that starts at {@code p} and returns the place of the delimiter after it, or {@code end}. */
    int read(byte[] b, int p, int end) throws DecodeException {
        if (quoted && p < end && b[p] == quote) {
            return readQuoted(b, p, end);
        }
        int delimiter = findDelimiter(b, p, end);
        if (escaped && Framing.find(dialect.escape(), b, p, delimiter) >= 0) {
            return readEscaped(b, p, end);
        }
        bytes = b;
        from = p;
        to = delimiter;
        return delimiter;
    }

    private int findDelimiter(byte[] b, int from, int end) {
        for (int p = from; p < end; p += Long.BYTES) {
            long found = EachByte.equal(Digits.word(b, p), delimiters);
            if (found != 0) {
                return Math.min(p + EachByte.first(found), end);
            }
        }
        return end;
    }

    private int readEscaped(byte[] b, int start, int end) throws DecodeException {
        int begin = used;
        int p = start;
        while (p < end && b[p] != dialect.delimiter()) {
            p = appendAt(b, p, end);
        }
        setBuffered(begin);
        return p;
    }

    private int readQuoted(byte[] b, int start, int end) throws DecodeException {
        byte quote = dialect.quote();
        int close = Framing.find(quote, b, start + 1, end);
        boolean plain = close >= 0 && (close + 1 >= end || b[close + 1] != quote)
                && (dialect.escape() == CsvDialect.NONE || Framing.find(dialect.escape(), b, start + 1, close) < 0);
        if (plain) {
            bytes = b;
            from = start + 1;
            to = close;
        } else {
            close = unquote(b, start, end);
        }
        int next = close + 1;
        while (next < end && b[next] != dialect.delimiter()) {
            if (b[next] != ' ' && b[next] != '\t') {
                throw new DecodeException("expected the delimiter " + (char) dialect.delimiter() + " after a closing quote", next);
            }
            next++;
        }
        return next;
    }

    /** Takes the quoted field with doubled quotes or escapes and returns the place of its closing quote. */
    private int unquote(byte[] b, int start, int end) throws DecodeException {
        int begin = used;
        int p = start + 1;
        while (p < end) {
            if (b[p] == dialect.quote()) {
                if (p + 1 >= end || b[p + 1] != dialect.quote()) {
                    setBuffered(begin);
                    return p;
                }
                append(b[p]);
                p += 2;
            } else {
                p = appendAt(b, p, end);
            }
        }
        throw new DecodeException("a quoted field has no end", start);
    }

    /** Appends the character at {@code p}, or the one that an escape stands for, and returns the place after it. */
    private int appendAt(byte[] b, int p, int end) throws DecodeException {
        if (dialect.escape() == CsvDialect.NONE || b[p] != dialect.escape()) {
            append(b[p]);
            return p + 1;
        }
        if (p + 1 >= end) {
            throw new DecodeException("nothing comes after the escape character", p);
        }
        append(switch (b[p + 1]) {
            case '0' -> 0;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> b[p + 1];
        });
        return p + 2;
    }

    private void setBuffered(int begin) {
        bytes = buffer;
        from = begin;
        to = used;
    }

    /** A new array leaves the slices of earlier fields valid: they keep the old one. */
    private void append(int single) {
        if (used + Long.BYTES >= buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        buffer[used++] = (byte) single;
    }
}
