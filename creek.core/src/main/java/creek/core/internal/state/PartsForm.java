package creek.core.internal.state;

import creek.core.data.BinaryReader;

/**
 * How the values of a {@link StateMap} become several entries each: collections, of which a checkpoint writes only the parts that changed. Each part
 * has a number that no other part of its collection ever has; a {@link PartLog} gives them out.
 */
public interface PartsForm<V> {
    /** The number of a part for what is said of the collection as a whole: no log gives it out, and it is read last. */
    long HEAD = -1;

    /** What is written, as text: {@link StateTable#form}. */
    String text();

    /** The rows in a part: {@link StateTable#entryRows}. */
    default EntryRows entryRows() {
        return EntryRows.NONE;
    }

    /** An empty collection. */
    V create();

    /** Writes the parts that {@linkplain PartWriter#includes changed} and the removals that the log remembers. */
    void write(V value, PartWriter output);

    /** Adds a part that was written. Parts come in the order of their numbers. */
    void read(V value, long part, BinaryReader input);

    /** Number of parts that are in the collection. */
    int size(V value);

    /** The log of a collection's parts; null if there is nothing in it. */
    PartLog log(V value);

    /** What is to be remembered of a collection that goes: an empty one, in whose log is that all parts of the other one go. */
    V remains(V value);

    /** Lets a new collection take over the log of what remained of an earlier one with the same key. */
    void follow(V value, V remains);

    /** When the collection was last written to, for a time to live. */
    default long written(V value) {
        return 0;
    }
}
