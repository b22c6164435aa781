package creek.core.internal.state;

/** Something that a {@link NumberedTable} keeps: which entry it is, and when it changed last. */
public abstract class Numbered {
    long number;
    int hash;
    int changed;
    boolean stored;
    Numbered before;
    Numbered after;

    /** Things that were added later have higher numbers. */
    public final long number() {
        return number;
    }
}
