package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;

/**
 * A part of an operator's state, of which a checkpoint takes what changed and which a restart finds again. All methods are called on the job's
 * thread, between two rows, while no operator has anything put off.
 */
public interface StateTable {
    /**
     * What the entries hold, as text, but for the columns of {@link #entryRows}. A restart compares it with what was written: it is another text
     * whenever the bytes mean something else.
     */
    String form();

    /** The rows in the entries whose columns may change. */
    default EntryRows entryRows() {
        return EntryRows.NONE;
    }

    /**
     * Takes what the last checkpoint left. Called once, when the operator opens.
     *
     * @param summary what {@link #writeSummary} wrote then; empty if there is nothing
     */
    void open(TableStore store, BinaryReader summary) throws IOException;

    /** Writes the entries that changed since the last complete checkpoint, or all of them where the store wants that. */
    void write(Changes changes);

    /** Writes what must be known of the table before any entry of it has been read, such as how many there are. */
    default void writeSummary(BinaryWriter output) {
    }

    /** About how many bytes of memory its entries take up, of those that could leave it. */
    default long evictableBytes() {
        return 0;
    }

    /** Lets go of entries that the last complete checkpoint has, about so many bytes; how many bytes that were. */
    default long evict(long bytes) {
        return 0;
    }
}
