package creek.core.internal.state;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Schema;
import java.util.List;

/**
 * The rows in the entries of a {@link StateTable}: a changed job may want more or wider columns of them than were written.
 *
 * @param schemas the columns of the rows of each kind
 * @param copier  finds the rows in an entry
 */
public record EntryRows(List<Schema> schemas, Copier copier) {
    /** Copies an entry that was written with other columns. */
    public interface Copier {
        /**
         * Copies an entry's value, the rows among it with the columns that are wanted now.
         *
         * @param key  of the entry, in the store
         * @param rows of each kind, as in {@link EntryRows#schemas}
         */
        void copy(byte[] key, BinaryReader stored, BinaryWriter target, List<RowUpgrade> rows);
    }

    /** The entries hold no rows whose columns may change. */
    public static final EntryRows NONE = new EntryRows(List.of(), (key, stored, target, rows) -> copyRest(stored, target));

    /** The entries say themselves which columns their rows have, and change them when they are read. */
    public static EntryRows describingThemselves(List<Schema> schemas) {
        return new EntryRows(schemas, NONE.copier);
    }

    /** One row behind so many bytes; anything may follow. */
    public static EntryRows behind(int bytes, Schema schema) {
        return new EntryRows(List.of(schema), (key, stored, target, rows) -> {
            copy(bytes, stored, target);
            rows.get(0).copy(stored, target);
            copyRest(stored, target);
        });
    }

    /** One row as {@link BinaryWriter#writeBytes} writes it, behind so many bytes; anything may follow. */
    public static EntryRows sizedBehind(int bytes, Schema schema) {
        return new EntryRows(List.of(schema), (key, stored, target, rows) -> {
            copy(bytes, stored, target);
            rows.get(0).copySized(stored, target);
            copyRest(stored, target);
        });
    }

    /** Copies so many bytes. */
    public static void copy(int bytes, BinaryReader stored, BinaryWriter target) {
        byte[] copied = stored.readRaw(bytes);
        target.writeRaw(copied, 0, bytes);
    }

    public static void copyRest(BinaryReader stored, BinaryWriter target) {
        copy(stored.remaining(), stored, target);
    }

    /** The text of a table's form with the columns of these rows. */
    static String text(String form, List<Schema> schemas) {
        StringBuilder text = new StringBuilder(form);
        schemas.forEach(schema -> text.append(", row ").append(schema));
        return text.toString();
    }
}
