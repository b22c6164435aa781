package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import java.util.Arrays;

/**
 * Rows in the unsigned order of their sort keys, equal ones in the order of arrival. A row's place is its rank, from 0; its address, which tells
 * where it lies in its map's pages, stays as long as its bytes do. Places are in blocks, so that many of them are no burden. For checkpoints each row is a
 * part, whose numbers grow in the order of arrival.
 */
public class SortedRows {
    private static final int BLOCK = 256;

    private final class Block {
        int[] addresses = new int[2];
        /** What is attached to each row; null if nothing is. */
        byte[][] attached;
        /** The number of each row's part, and when it changed last; null if no checkpoint will ask. */
        long[] parts;
        int[] changed;
        int lastChange;
        int size;

        void insert(int place, int address, byte[] attachment, long part, int epoch) {
            if (size == addresses.length) {
                setCapacity(2 * size);
            }
            System.arraycopy(addresses, place, addresses, place + 1, size - place);
            addresses[place] = address;
            if (attachment != null) {
                attached = attached == null ? new byte[addresses.length][] : attached;
                System.arraycopy(attached, place, attached, place + 1, size - place);
                attached[place] = attachment;
            }
            if (log != null) {
                insertPart(place, part, epoch);
            }
            size++;
        }

        private void insertPart(int place, long part, int epoch) {
            if (parts == null) {
                parts = new long[addresses.length];
                changed = new int[addresses.length];
            }
            System.arraycopy(parts, place, parts, place + 1, size - place);
            System.arraycopy(changed, place, changed, place + 1, size - place);
            parts[place] = part;
            mark(place, epoch);
        }

        private void setCapacity(int capacity) {
            addresses = Arrays.copyOf(addresses, capacity);
            attached = attached == null ? null : Arrays.copyOf(attached, capacity);
            if (parts != null) {
                parts = Arrays.copyOf(parts, capacity);
                changed = Arrays.copyOf(changed, capacity);
            }
        }

        void mark(int place, int epoch) {
            lastChange = Math.max(lastChange, epoch);
            changed[place] = epoch;
        }

        void cut(int from, int to) {
            int rest = size - to;
            System.arraycopy(addresses, to, addresses, from, rest);
            if (attached != null) {
                System.arraycopy(attached, to, attached, from, rest);
                Arrays.fill(attached, from + rest, size, null);
            }
            if (parts != null) {
                System.arraycopy(parts, to, parts, from, rest);
                System.arraycopy(changed, to, changed, from, rest);
            }
            size = from + rest;
        }

        /** Moves the upper half to a new block. */
        Block split() {
            Block upper = new Block();
            int half = size / 2;
            upper.addresses = Arrays.copyOfRange(addresses, half, addresses.length);
            upper.attached = attached == null ? null : Arrays.copyOfRange(attached, half, attached.length);
            if (parts != null) {
                upper.parts = Arrays.copyOfRange(parts, half, parts.length);
                upper.changed = Arrays.copyOfRange(changed, half, changed.length);
                upper.lastChange = lastChange;
            }
            upper.size = size - half;
            cut(half, size);
            return upper;
        }
    }

    private final SortedRowsMap<?> owner;
    private final EntryPages pages;
    /** Null if no checkpoint will ask. */
    private final PartLog log;
    /** The last rank that is wanted, for those who want only some. */
    public long last = Long.MAX_VALUE;
    /** When they had been written to last, when they were read from state. */
    long written;

    private Block[] blocks = {new Block()};
    private int blockCount = 1;
    private int size;
    /** The start of the last row's sort key, by which most of the rows that come behind it are told without a look at it; while that is known. */
    private long lastStart;
    private boolean knowsLast;
    /** The block that {@link #locate} found, and the first place in it. */
    private int block;
    private int start;

    /** @param owner the map whose value this is going to be */
    public SortedRows(SortedRowsMap<?> owner) {
        this.owner = owner;
        pages = owner.rowPages();
        log = owner.isKept() ? new PartLog() : null;
    }

    public final int size() {
        return size;
    }

    /** Where the row at a place lies. */
    public final int address(int place) {
        locate(place);
        return blocks[block].addresses[place - start];
    }

    /** Sets another row's columns to those of the row at a place; its strings are good until rows are inserted or removed. */
    public final void read(int place, Row target) {
        int address = address(place);
        owner.packed().read(pages.page(address), pages.value(address), pages.valueLength(address), target, 0);
    }

    /** Copies the row at a place, as it is packed. */
    public final void copy(int place, BinaryWriter target) {
        int address = address(place);
        target.writeRaw(pages.page(address), pages.value(address), pages.valueLength(address));
    }

    /** Whether a place's row is that one, which was packed. */
    public final boolean isRow(int place, BinaryWriter row) {
        return pages.hasValue(address(place), row.bytes(), row.size());
    }

    /** Whether a place's sort key is that one. */
    public final boolean isKey(int place, BinaryWriter key) {
        return pages.hasKey(address(place), key.bytes(), key.size());
    }

    /** Whether the rows of two places have the same sort key. */
    public final boolean arePeers(int place, int other) {
        return pages.haveSameKey(address(place), address(other));
    }

    /** What is attached to a row; something is to each or to none. */
    public final byte[] attached(int place) {
        locate(place);
        return blocks[block].attached[place - start];
    }

    private void locate(int place) {
        block = 0;
        start = 0;
        while (place - start >= blocks[block].size && block < blockCount - 1) {
            start += blocks[block++].size;
        }
    }

    /** Where a row with that sort key goes: behind those with the same. */
    public final int placeFor(BinaryWriter key) {
        // new rows mostly come last, or not at all
        if (knowsLast && Long.compareUnsigned(lastStart, EntryPages.start(key.bytes(), 0, key.size())) < 0) {
            return size;
        }
        Block last = blocks[blockCount - 1];
        if (last.size == 0) {
            return size;
        }
        int lastAddress = last.addresses[last.size - 1];
        lastStart = pages.keyStart(lastAddress);
        knowsLast = true;
        if (compare(lastAddress, key) <= 0) {
            return size;
        }
        int found = 0;
        int before = 0;
        while (compare(blocks[found].addresses[blocks[found].size - 1], key) <= 0) {
            before += blocks[found++].size;
        }
        int[] addresses = blocks[found].addresses;
        int low = 0;
        int high = blocks[found].size - 1;
        while (low < high) {
            int middle = low + high >>> 1;
            if (compare(addresses[middle], key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return before + low;
    }

    /** The place of a row, or -1. */
    public final int find(BinaryWriter key, BinaryWriter row) {
        for (int place = placeFor(key) - 1; place >= 0 && isKey(place, key); place--) {
            if (isRow(place, row)) {
                return place;
            }
        }
        return -1;
    }

    /**
     * The place of a row that is there, by its address.
     *
     * @param key becomes its sort key
     */
    public final int placeOf(int address, BinaryWriter key) {
        key.reset();
        pages.copyKey(address, key);
        int place = placeFor(key) - 1;
        while (address(place) != address) {
            place--;
        }
        return place;
    }

    /** Adds a row, which was packed, at its place, with something attached to it or null. */
    public final void insert(int place, BinaryWriter key, BinaryWriter row, byte[] attached) {
        int epoch = owner.epoch();
        insert(place, store(key, row), attached, log == null ? 0 : log.next(epoch), epoch);
        owner.count(1);
    }

    private int store(BinaryWriter key, BinaryWriter row) {
        int address = pages.add(key.bytes(), key.size(), row.size());
        pages.setValue(address, row.bytes(), row.size());
        return address;
    }

    private void insert(int place, int address, byte[] attached, long part, int epoch) {
        knowsLast &= place < size;
        locate(place);
        Block target = blocks[block];
        target.insert(place - start, address, attached, part, epoch);
        size++;
        if (target.size > BLOCK) {
            split(target);
        }
    }

    private void split(Block full) {
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * blockCount);
        }
        System.arraycopy(blocks, block + 1, blocks, block + 2, blockCount - block - 1);
        blocks[block + 1] = full.split();
        blockCount++;
    }

    public final void remove(int place) {
        locate(place);
        Block target = blocks[block];
        if (log != null) {
            log.remove(target.parts[place - start], owner.epoch());
        }
        knowsLast &= place < size - 1;
        pages.remove(target.addresses[place - start]);
        target.cut(place - start, place - start + 1);
        size--;
        owner.count(-1);
        if (target.size == 0 && blockCount > 1) {
            System.arraycopy(blocks, block + 1, blocks, block, blockCount - block - 1);
            blocks[--blockCount] = null;
        }
    }

    /** Puts another row, which was packed, in the place of one with the same sort key. */
    public final void replace(int place, BinaryWriter row) {
        locate(place);
        int address = pages.replace(blocks[block].addresses[place - start], row.size());
        pages.setValue(address, row.bytes(), row.size());
        blocks[block].addresses[place - start] = address;
        if (log != null) {
            blocks[block].mark(place - start, owner.epoch());
        }
    }

    /** Attaches something else to a row. */
    public final void attach(int place, byte[] attached) {
        locate(place);
        blocks[block].attached[place - start] = attached;
        if (log != null) {
            blocks[block].mark(place - start, owner.epoch());
        }
    }

    private int compare(int address, BinaryWriter other) {
        return pages.compareKey(address, other.bytes(), other.size());
    }

    final PartLog log() {
        return log;
    }

    /** Writes the parts that changed. */
    final void write(PartWriter output) {
        for (int b = 0; b < blockCount; b++) {
            Block each = blocks[b];
            for (int i = 0; i < each.size && output.includes(each.lastChange); i++) {
                if (output.includes(each.changed[i])) {
                    BinaryWriter value = output.value();
                    int address = each.addresses[i];
                    owner.packed().unpackSized(pages.page(address), pages.value(address), pages.valueLength(address), value);
                    if (each.attached != null) {
                        value.writeBytes(each.attached[i], 0, each.attached[i].length);
                    }
                    output.put(each.parts[i]);
                }
            }
        }
    }

    /** Adds a row that was written; what is attached is what follows it. */
    final void restore(int place, BinaryWriter key, BinaryWriter row, long part, BinaryReader rest) {
        insert(place, store(key, row), rest.remaining() == 0 ? null : rest.readBytes(), part, 0);
    }

    /** Gives back the room of all rows, which are not looked at any more; their parts are known still. */
    final void release() {
        for (int b = 0; b < blockCount; b++) {
            for (int i = 0; i < blocks[b].size; i++) {
                pages.remove(blocks[b].addresses[i]);
            }
        }
    }

    /** Notes that all parts go. */
    final void removeAll() {
        for (int b = 0; b < blockCount; b++) {
            for (int i = 0; i < blocks[b].size; i++) {
                log.remove(blocks[b].parts[i], owner.epoch());
            }
        }
    }
}
