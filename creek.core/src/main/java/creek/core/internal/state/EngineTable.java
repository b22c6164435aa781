package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.state.DamagedStateException;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Table 0 of a store: what the engine itself keeps. A key is three zero bytes, a letter for the kind of entry and, in UTF-8, the id of what the entry
 * is about.
 */
public final class EngineTable {
    /** The catalogue: a table's number to operator id, table name, form and summary. */
    public static final char TABLE = 'T';
    /** A source's id to its position and watermarks. */
    public static final char SOURCE = 'P';
    /** A source's id and a number to a further piece of a long position. */
    public static final char POSITION_PIECE = 'Q';
    /** A sink's id to its pending commits. */
    public static final char SINK = 'C';

    /** A table's number, {@code #} and that of a subtask but the first to the summary of that one's part of the table. */
    public static final char SUMMARY = 'S';

    /** Into how many subtasks the job was divided, if more than one. */
    private static final char PARALLELISM = 'N';

    private EngineTable() {
    }

    /** All entries of a kind, by id. */
    public static Map<String, BinaryReader> read(StateStore store, char kind) throws IOException {
        Map<String, BinaryReader> entries = new LinkedHashMap<>();
        byte[] prefix = {0, 0, 0, (byte) kind};
        store.scan(prefix, (key, value) -> {
            entries.put(new String(key, prefix.length, key.length - prefix.length, StandardCharsets.UTF_8), new BinaryReader(value));
            return true;
        });
        return entries;
    }

    /** Has a checkpoint say into how many subtasks the job is divided. */
    public static void putParallelism(EntryBuffer buffer, int parallelism) {
        if (parallelism > 1) {
            BinaryWriter value = new BinaryWriter();
            value.writeInt(parallelism);
            put(buffer, PARALLELISM, "", value);
        } else {
            remove(buffer, PARALLELISM, "");
        }
    }

    /** Into how many subtasks the job was divided at the last checkpoint. */
    public static int parallelism(StateStore store) throws IOException {
        BinaryReader entry = read(store, PARALLELISM).get("");
        int parallelism = entry == null ? 1 : entry.readInt();
        if (parallelism < 1 || parallelism > TableStore.KEY_GROUPS) {
            throw new DamagedStateException("the state is said to be that of " + parallelism + " subtasks");
        }
        return parallelism;
    }

    public static void put(EntryBuffer buffer, char kind, String id, BinaryWriter value) {
        buffer.put(key(kind, id), value);
    }

    public static void remove(EntryBuffer buffer, char kind, String id) {
        buffer.remove(key(kind, id));
    }

    private static BinaryWriter key(char kind, String id) {
        BinaryWriter key = new BinaryWriter();
        key.writeByte(0);
        key.writeByte(0);
        key.writeByte(0);
        key.writeByte(kind);
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        key.writeRaw(bytes, 0, bytes.length);
        return key;
    }
}
