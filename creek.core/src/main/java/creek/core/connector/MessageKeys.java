package creek.core.connector;

/** What the keys of a connector's messages are made of. */
public enum MessageKeys {
    /** Messages have no keys. */
    NONE,
    /** The columns that the option {@code key.fields} names, where there is a {@code key.format}. */
    FIELDS,
    /**
     * The columns of the PRIMARY KEY. A message without a value is a {@code -D} of its key. Tables need a {@code key.format} and a
     * {@code value.format}.
     */
    PRIMARY_KEY
}
