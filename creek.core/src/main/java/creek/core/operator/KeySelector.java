package creek.core.operator;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.data.TypeRoot;
import creek.core.data.Utf8;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Picks the key columns of rows and turns them into bytes and back. Equal keys have equal bytes. */
public final class KeySelector {
    private final int[] columns;
    private final RowSerializer serializer;
    private final boolean isText;
    private final boolean isNumber;

    /**
     * @param columns places of the key columns in the rows
     * @param schema  the key columns' names and types, in the same order
     */
    public KeySelector(int[] columns, Schema schema) {
        this.columns = Objects.requireNonNull(columns, "columns").clone();
        this.serializer = new RowSerializer(schema);
        this.isText = columns.length == 1 && schema.columns().get(0).type().isString();
        this.isNumber = columns.length == 1 && schema.columns().get(0).type().root() == TypeRoot.BIGINT;
    }

    /** What a key's bytes mean, as text: the key columns' types. Neither their names nor whether they may be null make a difference. */
    public String form() {
        return serializer.schema().columns().stream().map(column -> column.type().nullable(true).toString())
                .collect(Collectors.joining(", ", "key (", ")"));
    }

    /** Number of key columns. */
    public int size() {
        return columns.length;
    }

    /** The same key in rows that begin with it. */
    KeySelector inFront() {
        return new KeySelector(IntStream.range(0, columns.length).toArray(), serializer.schema());
    }

    /** Whether a key column of the row is null. */
    public boolean hasNull(Row row) {
        for (int column : columns) {
            if (row.isNullAt(column)) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@link Utf8#hash} of what {@link #write} writes for a row's key.
     *
     * @param space to be written over
     */
    public int hash(Row row, BinaryWriter space) {
        Utf8 text = onlyText(row);
        if (text != null && TextKey.isOne(text)) {
            return TextKey.hash(text, TextKey.start(text));
        }
        space.reset();
        write(row, space);
        return Utf8.hash(space.bytes(), 0, space.size());
    }

    /** Sets another row's columns from {@code column} on to a row's key. */
    public void copy(Row row, Row target, int column) {
        for (int i = 0; i < columns.length; i++) {
            target.setFrom(column + i, row, columns[i]);
        }
    }

    /** The string that the row's key consists of, if it is a string and not null; otherwise null. Not a copy. */
    Utf8 onlyText(Row row) {
        return isText && !row.isNullAt(columns[0]) ? row.getUtf8(columns[0]) : null;
    }

    /** Whether keys are one BIGINT. */
    boolean isNumber() {
        return isNumber;
    }

    /** The number that the row's key consists of, where keys are one and it is not null. */
    long onlyNumber(Row row) {
        return row.getLong(columns[0]);
    }

    /** Appends a row's key. */
    public void write(Row row, BinaryWriter output) {
        for (int i = 0; i < columns.length; i++) {
            serializer.writeColumn(i, row, columns[i], output);
        }
    }

    /** Sets a row's columns from {@code column} on to a key's values; strings point into the reader's bytes. */
    public void read(BinaryReader input, Row row, int column) {
        for (int i = 0; i < columns.length; i++) {
            serializer.readColumn(i, input, row, column + i);
        }
    }

    /** Sets the columns that were picked to a key's values; strings point into the reader's bytes. */
    public void readBack(BinaryReader input, Row row) {
        for (int i = 0; i < columns.length; i++) {
            serializer.readColumn(i, input, row, columns[i]);
        }
    }
}
