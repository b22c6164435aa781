package creek.core.data;

import java.util.Arrays;

/**
 * Rows one behind the other in flat arrays: what a row takes lies close together, and neither putting one in nor taking one out makes objects. Values that
 * are immutable objects are kept as they are. All rows have the same number of columns. Not thread-safe.
 */
public final class RowBuffer {
    private static final byte NULL = 0;
    private static final byte NUMBER = 1;
    private static final byte TEXT = 2;
    private static final byte OBJECT = 3;
    /** Whoever reads strings may read a whole word beyond their ends. */
    private static final int SPARE = Long.BYTES;
    private static final RowKind[] KINDS = RowKind.values();

    private int arity;
    private int size;
    private byte[] kinds = {};
    /** By row and column. */
    private byte[] forms = {};
    /** By row and column: a number, also the one beside an object, or a string's place in the text and its length. */
    private long[] values = {};
    /** By row and column; null as long as there is none. */
    private Object[] objects;
    private byte[] text = new byte[1024];
    private int textSize;

    /** How many rows there are. */
    public int size() {
        return size;
    }

    /** Bytes of all strings. */
    public int textSize() {
        return textSize;
    }

    /** Adds a row, which is copied. */
    public void add(Row row) {
        if (size == kinds.length || row.arity() != arity) {
            makeRoom(row.arity());
        }
        kinds[size] = (byte) row.kind().ordinal();
        int at = size++ * arity;
        for (int i = 0; i < arity; i++, at++) {
            if (row.isNullAt(i)) {
                forms[at] = NULL;
                continue;
            }
            Object object = row.objectAt(i);
            if (object == null) {
                forms[at] = NUMBER;
                values[at] = row.getLong(i);
            } else if (object instanceof Utf8 string) {
                forms[at] = TEXT;
                values[at] = (long) textSize << Integer.SIZE | string.length();
                append(string);
            } else {
                forms[at] = OBJECT;
                if (objects == null) {
                    objects = new Object[forms.length];
                }
                objects[at] = object;
                values[at] = row.getLong(i);
            }
        }
    }

    private void append(Utf8 string) {
        int length = string.length();
        if (textSize + length + SPARE > text.length) {
            text = Arrays.copyOf(text, Math.max(2 * text.length, textSize + length + SPARE));
        }
        System.arraycopy(string.bytes(), string.offset(), text, textSize, length);
        textSize += length;
    }

    private void makeRoom(int newArity) {
        if (newArity != arity) {
            if (size > 0) {
                throw new IllegalStateException("a row of " + newArity + " columns among rows of " + arity);
            }
            arity = newArity;
        }
        int rows = Math.max(64, size == kinds.length ? 2 * size : kinds.length);
        kinds = Arrays.copyOf(kinds, rows);
        forms = Arrays.copyOf(forms, rows * arity);
        values = Arrays.copyOf(values, rows * arity);
        objects = objects == null ? null : Arrays.copyOf(objects, rows * arity);
    }

    /** Sets a row to that of a place; its strings point into the buffer. */
    public void get(int place, Row row) {
        row.setKind(KINDS[kinds[place]]);
        int at = place * arity;
        for (int i = 0; i < arity; i++, at++) {
            switch (forms[at]) {
                case NULL -> row.setNull(i);
                case NUMBER -> row.setLong(i, values[at]);
                case TEXT -> row.setUtf8(i, text, (int) (values[at] >>> Integer.SIZE), (int) values[at]);
                default -> row.setObject(i, objects[at], values[at]);
            }
        }
    }

    /** How many columns rows have. */
    public int arity() {
        return arity;
    }

    /** Removes all rows, but keeps the room. */
    public void clear() {
        if (objects != null) {
            Arrays.fill(objects, 0, size * arity, null);
        }
        size = 0;
        textSize = 0;
    }
}
