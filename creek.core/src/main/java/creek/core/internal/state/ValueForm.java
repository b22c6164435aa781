package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;

/** How the values of a {@link StateMap} become one entry each. */
public interface ValueForm<V> {
    /** What {@link #write} writes, as text: {@link StateTable#form}. */
    String text();

    /** The rows in it: {@link StateTable#entryRows}. */
    default EntryRows entryRows() {
        return EntryRows.NONE;
    }

    void write(V value, BinaryWriter output);

    V read(BinaryReader input);
}
