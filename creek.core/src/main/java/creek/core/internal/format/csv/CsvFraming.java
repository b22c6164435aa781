package creek.core.internal.format.csv;

import creek.core.format.Framing;
import creek.core.internal.format.Digits;
import creek.core.internal.format.EachByte;

/** Records of CSV: lines, but a line end within quotes does not end a record. */
final class CsvFraming implements Framing {
    private static final long LINE_FEEDS = EachByte.of('\n');

    private final CsvDialect dialect;
    /** What may make a line end part of a field, line feeds where there is no such thing. */
    private final long quotes;
    private final long escapes;

    CsvFraming(CsvDialect dialect) {
        this.dialect = dialect;
        quotes = dialect.quote() == CsvDialect.NONE ? LINE_FEEDS : EachByte.of(dialect.quote());
        escapes = dialect.escape() == CsvDialect.NONE ? LINE_FEEDS : EachByte.of(dialect.escape());
    }

    @Override
    public int findEnd(byte[] bytes, int from, int to) {
        for (int p = from; p < to; p += Long.BYTES) {
            long word = Digits.word(bytes, p);
            long found = EachByte.equal(word, LINE_FEEDS) | EachByte.equal(word, quotes) | EachByte.equal(word, escapes);
            if (found != 0) {
                int place = p + EachByte.first(found);
                return place >= to ? -1 : bytes[place] == '\n' ? place : findEndByFields(bytes, from, to);
            }
        }
        return -1;
    }

    private int findEndByFields(byte[] bytes, int from, int to) {
        int p = from;
        if (dialect.comments()) {
            p = CsvFields.skipBlanks(bytes, p, to);
            if (p < to && bytes[p] == '#') {
                return Framing.find((byte) '\n', bytes, p, to);
            }
        }
        while (p < to) {
            p = fieldEnd(bytes, p, to);
            if (p < to && bytes[p] == '\n') {
                return p;
            }
            p++;
        }
        return -1;
    }

    /** The place of the delimiter or line end after the field that starts at {@code p}. */
    private int fieldEnd(byte[] bytes, int from, int to) {
        int p = from;
        if (dialect.quote() != CsvDialect.NONE && bytes[p] == dialect.quote()) {
            for (p++; p < to; p++) {
                if (bytes[p] == dialect.quote()) {
                    // A doubled quote is part of the field, which one at the end of what is there may yet become.
                    if (p + 1 >= to || bytes[p + 1] != dialect.quote()) {
                        p++;
                        break;
                    }
                    p++;
                } else if (dialect.escape() != CsvDialect.NONE && bytes[p] == dialect.escape()) {
                    p++;
                }
            }
        }
        for (; p < to && bytes[p] != dialect.delimiter() && bytes[p] != '\n'; p++) {
            if (dialect.escape() != CsvDialect.NONE && bytes[p] == dialect.escape()) {
                p++;
            }
        }
        return p;
    }
}
