package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;

/** How the values of a {@link StateMap} become one entry each. */
public interface ValueForm<V> {
    /** What {@link #write} writes, as text: {@link StateTable#form}. */
    String text();

    void write(V value, BinaryWriter output);

    V read(BinaryReader input);
}
