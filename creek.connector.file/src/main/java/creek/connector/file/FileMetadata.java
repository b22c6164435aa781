package creek.connector.file;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;
import java.util.List;
import java.util.Map;

/** The metadata columns of the file at hand, made once a file. */
final class FileMetadata {
    static final Map<String, DataType> TYPES = Map.of(
            "file.path", DataType.string().notNull(),
            "file.name", DataType.string().notNull(),
            "file.size", DataType.bigint().notNull(),
            "file.modification-time", DataType.timestampLtz(3).notNull());

    private final List<String> keys;
    /** One value a key, from which columns are copied. */
    private final Row values;

    FileMetadata(List<String> keys) {
        this.keys = List.copyOf(keys);
        this.values = new Row(keys.size());
    }

    void set(SourceFile file) {
        for (int i = 0; i < keys.size(); i++) {
            switch (keys.get(i)) {
                case "file.path" -> values.setUtf8(i, Utf8.of(file.path().toString()));
                case "file.name" -> values.setUtf8(i, Utf8.of(file.path().getFileName().toString()));
                case "file.size" -> values.setLong(i, file.size());
                case "file.modification-time" -> values.setLong(i, file.modified());
                default -> throw new IllegalArgumentException("no metadata '" + keys.get(i) + "'");
            }
        }
    }

    void read(int key, Row row, int column) {
        row.setFrom(column, values, key);
    }
}
