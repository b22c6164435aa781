package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All forms that entries of a table have: that in which they are written now, and earlier ones of jobs whose rows had other columns. A byte before each
 * value says which one it is. Entries of earlier forms are changed when they are read, and stay as they are in the store until something else about
 * them changes.
 */
final class TableForms {
    private static final int MAX_FORMS = 0xFF;

    /**
     * @param text what must stay as it is
     * @param rows whose columns may change
     */
    private record Form(String text, List<Schema> rows) {
        @Override
        public String toString() {
            return EntryRows.text(text, rows);
        }
    }

    private final List<Form> forms = new ArrayList<>();
    private int current;
    private EntryRows.Copier copier;
    /** By the number of an earlier form. */
    private final List<List<RowUpgrade>> upgrades = new ArrayList<>();
    private final BinaryReader reader = new BinaryReader();
    private final BinaryWriter writer = new BinaryWriter();

    /** Those of a table that is new. */
    TableForms() {
    }

    /** Reads what {@link #write} has written. */
    TableForms(BinaryReader input) {
        current = input.readByte() & 0xFF;
        for (int size = input.readVarInt(); forms.size() < size; ) {
            String text = input.readString();
            List<Schema> rows = new ArrayList<>();
            for (int schemas = input.readVarInt(); rows.size() < schemas; ) {
                rows.add(SchemaBytes.read(input));
            }
            forms.add(new Form(text, rows));
        }
    }

    /** What the entries that are written now hold, as text. */
    @Override
    public String toString() {
        return forms.get(current).toString();
    }

    void write(BinaryWriter output) {
        output.writeByte(current);
        output.writeVarInt(forms.size());
        for (Form form : forms) {
            output.writeString(form.text);
            output.writeVarInt(form.rows.size());
            form.rows.forEach(schema -> SchemaBytes.write(schema, output));
        }
    }

    /** The number of the form in which entries are written. */
    int current() {
        return current;
    }

    /** Sets in which form entries are wanted from now on. Refused if those that there may be can't be read so. */
    void want(String text, EntryRows rows) throws StateFormException {
        Form wanted = new Form(text, rows.schemas());
        if (!forms.isEmpty()) {
            requireFit(forms.get(current), wanted);
        }
        copier = rows.copier();
        current = forms.indexOf(wanted);
        if (current < 0) {
            current = forms.size();
            forms.add(wanted);
        }
        if (current > MAX_FORMS) {
            throw new StateFormException("its rows have had other columns more than " + MAX_FORMS + " times");
        }
        for (Form form : forms) {
            upgrades.add(form == wanted || form.equals(wanted) ? null : upgrades(form, wanted));
        }
    }

    private static void requireFit(Form stored, Form wanted) throws StateFormException {
        if (!stored.text.equals(wanted.text) || stored.rows.size() != wanted.rows.size()) {
            throw new StateFormException("it holds " + stored + " and the job wants " + wanted);
        }
        upgrades(stored, wanted);
    }

    private static List<RowUpgrade> upgrades(Form stored, Form wanted) throws StateFormException {
        List<RowUpgrade> upgrades = new ArrayList<>();
        for (int i = 0; i < stored.rows.size(); i++) {
            try {
                upgrades.add(RowUpgrade.of(stored.rows.get(i), wanted.rows.get(i)));
            } catch (StateFormException e) {
                throw new StateFormException(e.getMessage() + ". It holds " + stored + " and the job wants " + wanted);
            }
        }
        return upgrades;
    }

    /** An entry's value in the form that is wanted. */
    byte[] read(byte[] key, byte[] stored) {
        List<RowUpgrade> rows = upgrades.get(stored[0] & 0xFF);
        if (rows == null) {
            return Arrays.copyOfRange(stored, 1, stored.length);
        }
        reader.reset(stored, 1, stored.length - 1);
        writer.reset();
        copier.copy(key, reader, writer, rows);
        return writer.toBytes();
    }
}
