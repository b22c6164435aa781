package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Column;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes serialized rows of one schema such of another one that has more columns, wider ones or the same in another order. Columns are the same if they
 * have the same name; new ones are null. Not thread-safe.
 */
public final class RowUpgrade {
    /** How the planner of the SQL part calls columns for which the script has no name. */
    private static final Pattern UNNAMED = Pattern.compile("(\\$f|EXPR\\$)\\d+");

    private final RowSerializer from;
    private final RowSerializer to;
    private final FieldUpgrade[] fields;
    private final Row old;
    private final Row row;
    private final BinaryReader reader = new BinaryReader();
    private final BinaryWriter bytes = new BinaryWriter();

    private RowUpgrade(Schema from, Schema to, FieldUpgrade[] fields) {
        this.from = new RowSerializer(from);
        this.to = new RowSerializer(to);
        this.fields = fields;
        old = new Row(from.size());
        row = new Row(to.size());
    }

    /** @throws StateFormException if rows can't be carried over; the message says what of which column is in the way */
    static RowUpgrade of(Schema from, Schema to) throws StateFormException {
        return new RowUpgrade(from, to, fields("", from, to));
    }

    /** @param path what stands before a column's name in messages */
    static FieldUpgrade[] fields(String path, Schema given, Schema wanted) throws StateFormException {
        Schema from = renumbered(given);
        Schema to = renumbered(wanted);
        requireNames(path, from);
        requireNames(path, to);
        List<String> removed = from.columns().stream().map(Column::name).filter(name -> to.indexOf(name) < 0).toList();
        if (!removed.isEmpty()) {
            throw new StateFormException("its rows have " + names(path, removed) + " and those of the job don't: columns can't be taken away");
        }
        FieldUpgrade[] fields = new FieldUpgrade[to.size()];
        for (int i = 0; i < fields.length; i++) {
            String name = path + to.name(i);
            int source = from.indexOf(to.name(i));
            if (source < 0 && !to.type(i).isNullable()) {
                throw new StateFormException("its rows don't have the column `" + name + "`, which is " + to.type(i)
                        + " in the job: it would be NULL in them");
            }
            fields[i] = source < 0 ? FieldUpgrade.added() : FieldUpgrade.of(name, source, from.type(source), to.type(i));
        }
        return fields;
    }

    /** A schema with the columns that only the planner has named called by their order: what numbers they have depends on other columns. */
    private static Schema renumbered(Schema schema) {
        Schema renumbered = Schema.empty();
        int number = 0;
        for (Column column : schema.columns()) {
            boolean unnamed = UNNAMED.matcher(column.name()).matches();
            renumbered = renumbered.with(unnamed ? "expression " + ++number : column.name(), column.type());
        }
        return renumbered;
    }

    private static void requireNames(String path, Schema schema) throws StateFormException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < schema.size(); i++) {
            if (!names.add(schema.name(i))) {
                throw new StateFormException("two columns have the name `" + path + schema.name(i) + "`, so that nobody knows which is which");
            }
        }
    }

    private static String names(String path, List<String> names) {
        return (names.size() == 1 ? "the column " : "the columns ")
                + names.stream().map(name -> "`" + path + name + "`").collect(Collectors.joining(", "));
    }

    /** Reads a row in the old form and writes it in the new one. */
    public void copy(BinaryReader stored, BinaryWriter target) {
        old.clear();
        from.read(stored, old);
        set(fields, old, row);
        to.write(row, target);
    }

    /** The same with a row that stands behind its size. */
    public void copySized(BinaryReader stored, BinaryWriter target) {
        byte[] sized = stored.readBytes();
        reader.reset(sized, 0, sized.length);
        bytes.reset();
        copy(reader, bytes);
        target.writeBytes(bytes.bytes(), 0, bytes.size());
    }

    static void set(FieldUpgrade[] fields, Row old, Row row) {
        for (int i = 0; i < fields.length; i++) {
            fields[i].set(row, i, old);
        }
    }
}
