package creek.core.internal.state;

import creek.core.data.Row;
import creek.core.data.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Numbers for the longer texts of a column that come again and again: names, categories, addresses of pages. A text that has a number keeps it, also when
 * no row has it any more; so there are hardly ever more texts than rows were kept at a time. Gives up where texts seldom come again. Not thread-safe.
 */
final class TextDictionary {
    static final int NONE = -1;
    /** Longer ones hardly come again, and shorter ones are no burden. */
    private static final int SHORTEST = 16;
    private static final int LONGEST = 255;
    /** A text's number is its place, in units of so many bytes, plus one. */
    private static final int UNIT = 4;
    private static final int NUMBER_BITS = 20;
    private static final int NUMBER = (1 << NUMBER_BITS) - 1;
    /** A text is looked for in so many slots, since it is by some of its bytes only that they are told apart. */
    private static final int PROBED = 8;
    /** Of so many texts that are looked for, one in {@link #WORTH} is to be found, or none is looked for any more. */
    private static final int ROUND = 1 << 15;
    private static final int WORTH = 8;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final LongSupplier rows;
    /** The number, 0 if there is none, with the upper bits of the hash; a third of them at most is taken. Null after giving up. */
    private int[] slots = new int[64];
    /** Each behind its length, which is one byte. */
    private byte[] texts = new byte[1 << 10];
    private int used;
    private int size;
    private int asked;
    private int found;

    /** @param rows how many rows are kept now */
    TextDictionary(LongSupplier rows) {
        this.rows = rows;
    }

    /** The number of a text, a new one maybe, or {@link #NONE}. */
    int number(Utf8 text) {
        int length = text.length();
        if (slots == null || length < SHORTEST || length > LONGEST) {
            return NONE;
        }
        if (++asked == ROUND && !goesOn()) {
            return NONE;
        }
        int hash = hash(text.bytes(), text.offset(), length);
        for (int i = 0; i < PROBED; i++) {
            int slot = slots[hash + i & slots.length - 1];
            if (slot == 0) {
                return size <= rows.getAsLong() ? add(text, hash) : NONE;
            }
            if ((slot ^ hash) >>> NUMBER_BITS == 0 && isText(slot & NUMBER, text)) {
                found++;
                return slot & NUMBER;
            }
        }
        return NONE;
    }

    private boolean goesOn() {
        if (found < ROUND / WORTH) {
            slots = null;
            return false;
        }
        asked = 0;
        found = 0;
        return true;
    }

    /** Of some of a text's bytes: to read all of them would take longer than to copy them. */
    private static int hash(byte[] bytes, int from, int length) {
        int end = from + length;
        long mixed = Utf8.mix(length, (long) LONG.get(bytes, end - Long.BYTES));
        mixed = Utf8.mix(mixed, (long) LONG.get(bytes, end - 2 * Long.BYTES));
        return Utf8.finish(Utf8.mix(mixed, (long) LONG.get(bytes, from + (length >> 1) - Integer.BYTES)));
    }

    private boolean isText(int number, Utf8 text) {
        int from = start(number);
        int length = text.length();
        return (texts[from - 1] & 0xFF) == length
                && Arrays.equals(texts, from, from + length, text.bytes(), text.offset(), text.offset() + length);
    }

    private static int start(int number) {
        return (number - 1) * UNIT + 1;
    }

    private int add(Utf8 text, int hash) {
        int number = used / UNIT + 1;
        int end = used + 1 + text.length() + UNIT - 1 & -UNIT;
        if (end / UNIT > NUMBER) {
            return NONE;
        }
        if (end > texts.length) {
            texts = Arrays.copyOf(texts, 2 * texts.length);
        }
        texts[used] = (byte) text.length();
        System.arraycopy(text.bytes(), text.offset(), texts, used + 1, text.length());
        used = end;
        if (3 * ++size > slots.length) {
            grow();
        }
        put(number, hash);
        return number;
    }

    /** A text that finds no place is one that is not found again. */
    private void put(int number, int hash) {
        for (int i = 0; i < PROBED; i++) {
            int slot = hash + i & slots.length - 1;
            if (slots[slot] == 0) {
                slots[slot] = number | hash & ~NUMBER;
                return;
            }
        }
    }

    private void grow() {
        int[] old = slots;
        slots = new int[2 * old.length];
        for (int slot : old) {
            if (slot != 0) {
                int from = start(slot & NUMBER);
                put(slot & NUMBER, hash(texts, from, texts[from - 1] & 0xFF));
            }
        }
    }

    /** Sets a row's column to the text of a number. */
    void read(int number, Row row, int column) {
        int from = start(number);
        row.setUtf8(column, texts, from, texts[from - 1] & 0xFF);
    }
}
