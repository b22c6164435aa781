package creek.core.internal.format.csv;

import creek.core.format.Framing;

/** Records of CSV: lines, but a line end within quotes does not end a record. */
final class CsvFraming implements Framing {
    private final CsvDialect dialect;

    CsvFraming(CsvDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public int findEnd(byte[] bytes, int from, int to) {
        int newline = Framing.find((byte) '\n', bytes, from, to);
        boolean special = hasSpecial(bytes, from, newline < 0 ? to : newline);
        return special ? findEndByFields(bytes, from, to) : newline;
    }

    /** Whether a quote or an escape is there, so that a line end may be part of a field. */
    private boolean hasSpecial(byte[] bytes, int from, int to) {
        return dialect.quote() != CsvDialect.NONE && Framing.find(dialect.quote(), bytes, from, to) >= 0
                || dialect.escape() != CsvDialect.NONE && Framing.find(dialect.escape(), bytes, from, to) >= 0;
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
