package creek.core.internal.format.json;

import creek.core.format.DecodeException;
import creek.core.internal.format.Utf8Validator;
import java.util.Arrays;

/**
 * The text of one string of a record: a slice of the record where there is no escape, else a slice of a buffer that is kept until the next
 * record. Not thread-safe.
 */
final class JsonText {
    private final JsonEnd recordEnd;
    private byte[] buffer = new byte[256];
    private int used;

    /** The text is {@code bytes[from, to)}; eight more bytes can be read. */
    byte[] bytes;
    int from;
    int to;

    JsonText(JsonEnd recordEnd) {
        this.recordEnd = recordEnd;
    }

    /** Forgets the texts of the last record. */
    void reset() {
        used = 0;
    }

    /** Takes the string that starts with the quote at {@code p} and returns the place after it. */
    int read(byte[] b, int p, int end) throws DecodeException {
        int quote = JsonString.plainEnd(b, p + 1, end);
        if (quote >= end || b[quote] != '"') {
            return readOdd(b, p, quote, recordEnd.of(b, p, end));
        }
        bytes = b;
        from = p + 1;
        to = quote;
        return quote + 1;
    }

    /** Reads a string whose first byte that is not plain is at a place. */
    private int readOdd(byte[] b, int p, int place, int end) throws DecodeException {
        int quote = JsonString.findQuote(b, place, end);
        if (quote >= end) {
            throw new DecodeException("a string has no end", p);
        }
        if (b[quote] == '\\') {
            return unescape(b, p, quote, end);
        }
        bytes = b;
        from = p + 1;
        to = quote;
        checkEncoding(p);
        return quote + 1;
    }

    private void checkEncoding(int place) throws DecodeException {
        if (!Utf8Validator.isValid(bytes, from, to)) {
            throw new DecodeException("a string is not UTF-8", place);
        }
    }

    private int unescape(byte[] b, int p, int firstEscape, int end) throws DecodeException {
        int start = used;
        int copied = p + 1;
        int escape = firstEscape;
        while (escape < end && b[escape] == '\\') {
            append(b, copied, escape);
            copied = appendEscape(b, escape, end);
            escape = JsonString.findQuote(b, copied, end);
        }
        if (escape >= end) {
            throw new DecodeException("a string has no end", p);
        }
        append(b, copied, escape);
        end(start);
        checkEncoding(p);
        return escape + 1;
    }

    private int appendEscape(byte[] b, int p, int end) throws DecodeException {
        int next = JsonScanner.checkEscape(b, p, end);
        switch (b[p + 1]) {
            case 'b' -> append('\b');
            case 'f' -> append('\f');
            case 'n' -> append('\n');
            case 'r' -> append('\r');
            case 't' -> append('\t');
            case 'u' -> {
                int unit = JsonScanner.hex4(b, p + 2);
                if (Character.isHighSurrogate((char) unit) && next + 6 <= end && b[next] == '\\' && b[next + 1] == 'u') {
                    int low = JsonScanner.hex4(b, next + 2);
                    if (low >= 0 && Character.isLowSurrogate((char) low)) {
                        appendCodePoint(Character.toCodePoint((char) unit, (char) low));
                        return next + 6;
                    }
                }
                appendCodePoint(Character.isSurrogate((char) unit) ? '?' : unit);
            }
            default -> append(b[p + 1]);
        }
        return next;
    }

    private void appendCodePoint(int point) {
        if (point < 0x80) {
            append(point);
        } else if (point < 0x800) {
            append(0xC0 | point >> 6);
            append(0x80 | point & 0x3F);
        } else {
            if (point < 0x10000) {
                append(0xE0 | point >> 12);
            } else {
                append(0xF0 | point >> 18);
                append(0x80 | point >> 12 & 0x3F);
            }
            append(0x80 | point >> 6 & 0x3F);
            append(0x80 | point & 0x3F);
        }
    }

    /** Makes the text what is written between {@link #begin} and this call. */
    void end(int start) {
        bytes = buffer;
        from = start;
        to = used;
    }

    /** Where a text written by {@link #append} starts. */
    int begin() {
        return used;
    }

    void append(int single) {
        reserve(1);
        buffer[used++] = (byte) single;
    }

    void append(byte[] b, int start, int end) {
        reserve(end - start);
        System.arraycopy(b, start, buffer, used, end - start);
        used += end - start;
    }

    /** A new array leaves the slices of earlier strings valid: they keep the old one. */
    private void reserve(int more) {
        if (more + Long.BYTES > buffer.length - used) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, used + more + Long.BYTES));
        }
    }
}
