package creek.core.aggregate;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.function.JsonTexts;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The members of a JSON object, for JSON_OBJECTAGG: JSON texts by keys, each key once. */
public final class JsonMembers {
    private final boolean absentOnNull;
    private final Map<String, Utf8> members = new TreeMap<>();

    /** @param absentOnNull whether members without a value are left out, rather than null */
    public JsonMembers(boolean absentOnNull) {
        this.absentOnNull = absentOnNull;
    }

    public void clear() {
        members.clear();
    }

    /**
     * Adds a member of a key column and a column of JSON text.
     *
     * @throws IllegalArgumentException if the key is there already, or NULL
     */
    public void add(Row row, int key, int value) {
        if (row.isNullAt(key)) {
            throw new IllegalArgumentException("JSON_OBJECTAGG: a key is NULL");
        }
        add(row.getUtf8(key).toString(), row.isNullAt(value) ? null : row.getUtf8(value).copy());
    }

    private void add(String key, Utf8 value) {
        if (members.containsKey(key)) {
            throw new IllegalArgumentException("JSON_OBJECTAGG: key '" + key + "' is already present; keys must be unique");
        }
        if (value != null || !absentOnNull) {
            members.put(key, value);
        }
    }

    /** Takes a member back, unless its value is another one by now. */
    public void remove(Row row, int key, int value) {
        String name = row.getUtf8(key).toString();
        if (Objects.equals(members.get(name), row.isNullAt(value) ? null : row.getUtf8(value))) {
            members.remove(name);
        }
    }

    public void addAll(JsonMembers other) {
        other.members.forEach(this::add);
    }

    /** Sets a row's column to the text of the object, its keys in alphabetical order. */
    public void emit(Row row, int column) {
        Utf8[] texts = new Utf8[2 * members.size()];
        int next = 0;
        for (Map.Entry<String, Utf8> member : members.entrySet()) {
            texts[next++] = Utf8.of(member.getKey());
            texts[next++] = member.getValue();
        }
        row.setUtf8(column, JsonTexts.object(false, texts));
    }

    /** Writes the content, for state. */
    public void write(BinaryWriter output) {
        output.writeVarInt(members.size());
        members.forEach((key, value) -> {
            output.writeString(key);
            output.writeBoolean(value != null);
            if (value != null) {
                output.writeUtf8(value);
            }
        });
    }

    /** Replaces the content by what {@link #write} wrote. */
    public void read(BinaryReader input) {
        members.clear();
        for (int size = input.readVarInt(); size > 0; size--) {
            String key = input.readString();
            members.put(key, input.readBoolean() ? Utf8.of(input.readBytes()) : null);
        }
    }
}
