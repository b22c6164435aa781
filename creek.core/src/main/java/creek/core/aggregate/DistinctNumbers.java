package creek.core.aggregate;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.internal.state.NumberBag;

/**
 * The values of a column of whole numbers that aggregates over DISTINCT have seen, one set for each FILTER that there is on it, where nothing is taken
 * back. A number lies in one word with a bit for each set that has it, so what a row adds to all of them is one place in memory, open addressing with
 * linear probing. Words are of four bytes until a number needs more: of many groups with a few numbers each, more lie near the processor then. Writes
 * what {@link DistinctValues} would.
 */
public final class DistinctNumbers {
    /** The most sets: numbers that need the bits lie apart, and are rare. */
    public static final int MOST_SETS = 16;
    private static final int FIRST_CAPACITY = 8;

    private final int sets;
    /** Whether numbers are written as 64-bit ones. */
    private final boolean isLong;
    /** The words while all numbers have room in so few bits; null from then on. */
    private int[] narrow;
    private long[] wide;
    /** One less than there are places. It lies here and not with them, so that the look at a place does not wait for the array's length. */
    private int mask;
    private int taken;
    /** The sets that have NULL. */
    private int nulls;
    /** Of each set the numbers that leave no room for the bits; null if there are none. */
    private NumberBag[] large;
    /** A row of {@link #addFrom}, which few need. */
    private Row value;

    /** @param isLong whether it is a BIGINT; otherwise an INT or a DATE */
    public DistinctNumbers(int sets, boolean isLong) {
        this.sets = sets;
        this.isLong = isLong;
        clear();
    }

    public void clear() {
        narrow = new int[FIRST_CAPACITY];
        wide = null;
        mask = FIRST_CAPACITY - 1;
        taken = 0;
        nulls = 0;
        large = null;
    }

    /**
     * Adds the value of a column to some sets, of which each is a bit.
     *
     * @return the bits of those where it is new
     */
    public int add(Row row, int column, int to) {
        if (to == 0) {
            return 0;
        }
        if (row.isNullAt(column)) {
            int before = nulls;
            nulls |= to;
            return to & ~before;
        }
        long number = row.getLong(column);
        if ((int) number << sets >> sets != number) {
            if (number << sets >> sets != number) {
                return addLarge(row, column, to);
            }
            if (narrow != null) {
                move(true, mask + 1);
            }
        }
        return add(number, to);
    }

    private int add(long number, int to) {
        int place = find(number);
        long entry = entry(place);
        int isNew = to & ~(int) entry;
        if (isNew == 0) {
            return 0;
        }
        if (entry == 0) {
            if (3 * (taken + 1L) > 2L * (mask + 1L)) {
                move(narrow == null, Math.multiplyExact(2, mask + 1));
                place = find(number);
            }
            taken++;
        }
        set(place, entry | number << sets | to);
        return isNew;
    }

    private int addLarge(Row row, int column, int to) {
        if (large == null) {
            large = new NumberBag[sets];
        }
        int isNew = 0;
        for (int set = 0; set < sets; set++) {
            if ((to >> set & 1) != 0) {
                if (large[set] == null) {
                    large[set] = new NumberBag();
                }
                isNew |= large[set].add(row, column, 1) ? 1 << set : 0;
            }
        }
        return isNew;
    }

    /** Where a number is, or would be: an entry is 0 where there is none, since each number is in a set. */
    private int find(long number) {
        int place = Utf8.finish(Utf8.mix(Long.BYTES, number)) & mask;
        for (long entry = entry(place); entry != 0 && entry >> sets != number; entry = entry(place)) {
            place = place + 1 & mask;
        }
        return place;
    }

    private long entry(int place) {
        return narrow != null ? narrow[place] : wide[place];
    }

    private void set(int place, long entry) {
        if (narrow != null) {
            narrow[place] = (int) entry;
        } else {
            wide[place] = entry;
        }
    }

    /** Gives the numbers new places. */
    private void move(boolean toWide, int capacity) {
        int[] formerNarrow = narrow;
        long[] formerWide = wide;
        int former = mask + 1;
        narrow = toWide ? null : new int[capacity];
        wide = toWide ? new long[capacity] : null;
        mask = capacity - 1;
        for (int i = 0; i < former; i++) {
            long entry = formerNarrow != null ? formerNarrow[i] : formerWide[i];
            if (entry != 0) {
                set(find(entry >> sets), entry);
            }
        }
    }

    /** The first place behind that one, or from the start behind -1, where there is a value of a set; -1 if there is none. */
    public int next(int place, int set) {
        for (int next = place + 1; next <= mask; next++) {
            if ((entry(next) >> set & 1) != 0) {
                return next;
            }
        }
        if (place <= mask && (nulls >> set & 1) != 0) {
            return mask + 1;
        }
        NumberBag others = large == null ? null : large[set];
        int first = mask + 2;
        int next = others == null ? -1 : others.next(Math.max(0, place + 1 - first));
        return next < 0 ? -1 : first + next;
    }

    private void get(int place, int set, Row row) {
        if (place <= mask) {
            row.setLong(0, entry(place) >> sets);
        } else if (place == mask + 1) {
            row.setNull(0);
        } else {
            large[set].get(place - mask - 2, row, 0);
        }
    }

    /** Adds a value of another's set to the same set of this one; whether it is new. It is then {@link #value}. */
    public boolean addFrom(DistinctNumbers other, int place, int set) {
        other.get(place, set, value());
        return add(value, 0, 1 << set) != 0;
    }

    /** A row with the value that {@link #addFrom} found new as its only column. */
    public Row value() {
        if (value == null) {
            value = new Row(1);
        }
        return value;
    }

    /** Writes a set, for state. */
    public void write(BinaryWriter output, int set) {
        int size = 0;
        for (int place = next(-1, set); place >= 0; place = next(place, set)) {
            size++;
        }
        output.writeVarInt(size);
        for (int place = next(-1, set); place >= 0; place = next(place, set)) {
            get(place, set, value());
            write(output);
        }
    }

    /** The row's length, its column, and that it is there once. */
    private void write(BinaryWriter output) {
        boolean isNull = value.isNullAt(0);
        output.writeVarInt(isNull ? 1 : 1 + (isLong ? Long.BYTES : Integer.BYTES));
        output.writeBoolean(!isNull);
        if (!isNull && isLong) {
            output.writeLong(value.getLong(0));
        } else if (!isNull) {
            output.writeInt((int) value.getLong(0));
        }
        output.writeVarInt(1);
    }

    /** Adds what {@link #write(BinaryWriter, int)} wrote to a set. */
    public void read(BinaryReader input, int set) {
        for (int size = input.readVarInt(); size > 0; size--) {
            input.readVarInt();
            if (input.readBoolean()) {
                value().setLong(0, isLong ? input.readLong() : input.readInt());
            } else {
                value().setNull(0);
            }
            add(value, 0, 1 << set);
            input.readVarInt();
        }
    }
}
