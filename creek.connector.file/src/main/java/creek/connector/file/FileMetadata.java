package creek.connector.file;

import creek.core.connector.Connector;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;
import java.io.IOException;
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
    private final String defaultPartition;
    /** One value a key, from which columns are copied. */
    private final Row values;

    /** @param defaultPartition the name of partitions that stand for NULL */
    FileMetadata(List<String> keys, String defaultPartition) {
        this.keys = List.copyOf(keys);
        this.defaultPartition = defaultPartition;
        this.values = new Row(keys.size());
    }

    void set(SourceFile file) throws IOException {
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            if (key.startsWith(Connector.PARTITION)) {
                setPartition(i, key.substring(Connector.PARTITION.length()), file);
                continue;
            }
            switch (key) {
                case "file.path" -> values.setUtf8(i, Utf8.of(file.path().toString()));
                case "file.name" -> values.setUtf8(i, Utf8.of(file.path().getFileName().toString()));
                case "file.size" -> values.setLong(i, file.size());
                case "file.modification-time" -> values.setLong(i, file.modified());
                default -> throw new IllegalArgumentException("no metadata '" + key + "'");
            }
        }
    }

    private void setPartition(int key, String column, SourceFile file) throws IOException {
        String value = PartitionPath.value(file.path(), column).orElseThrow(() -> new IOException("file " + file.name()
                + " is in no directory '" + column + "=...', but the table is PARTITIONED BY (" + column + ")"));
        if (value.equals(defaultPartition)) {
            values.setNull(key);
        } else {
            values.setUtf8(key, Utf8.of(value));
        }
    }

    void read(int key, Row row, int column) {
        row.setFrom(column, values, key);
    }
}
