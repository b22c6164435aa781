package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.state.StateStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A table's entries in the store. A key there is the table's number, the key group and the table's own key; an entry of a collection has its part
 * number behind that.
 */
public final class TableStore {
    /** Keys are spread over so many groups, the unit in which state can be shared out among parallel tasks. */
    public static final int KEY_GROUPS = 128;
    /** Bytes before the table's own key. */
    static final int PREFIX = 3;

    /** Takes an entry: the key begins at {@link #PREFIX}. */
    public interface Visitor {
        void entry(byte[] key, byte[] value) throws IOException;
    }

    private final StateStore store;
    private final boolean incremental;
    private final int number;
    private final TableForms forms;
    private final Epochs epochs;
    private final KeyGroups groups;
    /** Of the parts that the subtasks of another parallelism had; null if this is the part that there was. */
    private final List<byte[]> summaries;

    /**
     * @param groups    what this subtask has of the table
     * @param summaries those of all earlier parts if they were others than now, otherwise null
     */
    TableStore(StateStore store, boolean incremental, int number, TableForms forms, Epochs epochs, KeyGroups groups, List<byte[]> summaries) {
        this.groups = groups;
        this.summaries = summaries;
        this.store = store;
        this.incremental = incremental;
        this.number = number;
        this.forms = forms;
        this.epochs = epochs;
    }

    /** Whether entries can be read singly, so that not all have to be in memory. */
    public boolean isIncremental() {
        return incremental;
    }

    public Epochs epochs() {
        return epochs;
    }

    /** The key groups that this subtask has of the table. */
    public KeyGroups groups() {
        return groups;
    }

    /** Whether the entries were those of other subtasks, so that no summary counts them. */
    public boolean isRedistributed() {
        return summaries != null;
    }

    /** What other subtasks wrote as the summaries of their parts; none if this part is the one that there was. */
    public List<BinaryReader> otherSummaries() {
        return summaries == null ? List.of() : summaries.stream().map(BinaryReader::new).toList();
    }

    static int keyGroup(int hash) {
        return hash & KEY_GROUPS - 1;
    }

    /** The key group of an entry. */
    public static int keyGroup(byte[] key) {
        return key[PREFIX - 1];
    }

    static void writePrefix(byte[] target, int number, int hash) {
        target[0] = (byte) (number >>> 8);
        target[1] = (byte) number;
        target[2] = (byte) keyGroup(hash);
    }

    /** The value of a key, or null. */
    byte[] get(byte[] key, int length, int hash) throws IOException {
        byte[] whole = storeKey(key, length, hash);
        byte[] value = store.get(whole);
        return value == null ? null : forms.read(whole, value);
    }

    /** Visits the entries whose keys begin like that, of the key group of a hash. */
    public void scan(byte[] key, int length, int hash, Visitor visitor) throws IOException {
        scan(storeKey(key, length, hash), visitor);
    }

    /** Visits all entries that this subtask has of the table. */
    public void scan(Visitor visitor) throws IOException {
        if (groups.areAll()) {
            scan(prefix(), visitor);
            return;
        }
        for (int group = groups.first(); group <= groups.last(); group++) {
            scan(new byte[] {(byte) (number >>> 8), (byte) number, (byte) group}, visitor);
        }
    }

    /** Visits all entries of the table, also those of other subtasks. */
    void scanAll(Visitor visitor) throws IOException {
        scan(prefix(), visitor);
    }

    /** Visits the entries of this subtask from a key in the store on, or all if it is null, until the visitor has enough. */
    void scanFrom(byte[] from, StateStore.Visitor visitor) throws IOException {
        byte[] start = from == null ? new byte[] {(byte) (number >>> 8), (byte) number, (byte) groups.first()} : from;
        store.scan(prefix(), start, (key, value) -> keyGroup(key) <= groups.last() && visitor.entry(key, forms.read(key, value)));
    }

    private byte[] prefix() {
        return new byte[] {(byte) (number >>> 8), (byte) number};
    }

    private void scan(byte[] prefix, Visitor visitor) throws IOException {
        store.scan(prefix, (key, value) -> {
            visitor.entry(key, forms.read(key, value));
            return true;
        });
    }

    private byte[] storeKey(byte[] key, int length, int hash) {
        byte[] whole = new byte[PREFIX + length];
        writePrefix(whole, number, hash);
        System.arraycopy(key, 0, whole, PREFIX, length);
        return whole;
    }

    static byte[] ownKey(byte[] key) {
        return Arrays.copyOfRange(key, PREFIX, key.length);
    }

    /** Begins an entry's own key with a time, so that entries lie in the order of their times. */
    public static void writeTime(long time, BinaryWriter key) {
        key.writeLong(Long.reverseBytes(time ^ Long.MIN_VALUE));
    }

    /** The time with which an entry's own key begins. */
    public static long readTime(byte[] key) {
        long time = 0;
        for (int i = PREFIX; i < PREFIX + Long.BYTES; i++) {
            time = time << Byte.SIZE | key[i] & 0xFF;
        }
        return time ^ Long.MIN_VALUE;
    }

    /** What stands behind that time. */
    public static byte[] keyAfterTime(byte[] key) {
        return Arrays.copyOfRange(key, PREFIX + Long.BYTES, key.length);
    }
}
