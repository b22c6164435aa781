package creek.core.job;

import creek.core.data.Schema;
import creek.core.format.WantedColumn;
import creek.core.operator.WatermarkGenerator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a job reads: a table's connector, options and columns. A row of the source has the {@linkplain #read wanted columns} first, then the
 * {@linkplain #readMetadata metadata}. Built step by step in a job's definition.
 */
public final class TableSource {
    private final String table;
    private final Schema schema;
    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<WantedColumn> columns = new ArrayList<>();
    private final List<String> metadata = new ArrayList<>();
    private final List<String> primaryKey = new ArrayList<>();
    private WatermarkGenerator watermark;

    /**
     * @param table  the table's name, for messages and metrics
     * @param schema all physical columns of the table
     */
    public TableSource(String table, Schema schema) {
        this.table = Objects.requireNonNull(table, "table");
        this.schema = Objects.requireNonNull(schema, "schema");
    }

    /** Sets an option of the table's WITH clause, {@code connector} and {@code format} among them. */
    public TableSource option(String key, String value) {
        options.put(key, value);
        return this;
    }

    /** Adds a whole physical column, by name, to what is read. */
    public TableSource read(String column) {
        int index = schema.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("table " + table + " has no column " + column);
        }
        return read(new WantedColumn(index, List.of(), schema.type(index)));
    }

    /** Adds a column or a nested field to what is read. */
    public TableSource read(WantedColumn column) {
        columns.add(column);
        return this;
    }

    /** Adds a metadata value, by the connector's name for it, to what is read. */
    public TableSource readMetadata(String key) {
        metadata.add(key);
        return this;
    }

    /** Adds a column to the PRIMARY KEY, for connectors that find it in keys of messages. */
    public TableSource primaryKey(String column) {
        primaryKey.add(column);
        return this;
    }

    /** Sets the WATERMARK expression, computed on the source's own rows. Without it there are no watermarks but the last. */
    public TableSource watermark(WatermarkGenerator generator) {
        this.watermark = generator;
        return this;
    }

    public String table() {
        return table;
    }

    public Schema schema() {
        return schema;
    }

    public Map<String, String> options() {
        return options;
    }

    public List<WantedColumn> columns() {
        return columns;
    }

    public List<String> metadata() {
        return metadata;
    }

    public List<String> primaryKey() {
        return primaryKey;
    }

    /** The WATERMARK expression, or null. */
    public WatermarkGenerator watermark() {
        return watermark;
    }
}
