package creek.core.job;

import creek.core.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a job writes: a table's connector, options and columns. Built step by step in a job's definition. */
public final class TableSink {
    private final String table;
    private final Schema schema;
    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<String> partitionedBy = new ArrayList<>();
    private final List<String> primaryKey = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    /**
     * @param table  the table's name, for messages and metrics
     * @param schema the columns of the rows that are written
     */
    public TableSink(String table, Schema schema) {
        this.table = Objects.requireNonNull(table, "table");
        this.schema = Objects.requireNonNull(schema, "schema");
    }

    /** Sets an option of the table's WITH clause, {@code connector} and {@code format} among them. */
    public TableSink option(String key, String value) {
        options.put(key, value);
        return this;
    }

    /** Adds a column to PARTITIONED BY. */
    public TableSink partitionedBy(String column) {
        partitionedBy.add(column);
        return this;
    }

    /** Adds a column to the PRIMARY KEY. */
    public TableSink primaryKey(String column) {
        primaryKey.add(column);
        return this;
    }

    /** Says that a column is written as the metadata that the connector has under that name, and not into records. */
    public TableSink writeMetadata(String key, String column) {
        metadata.put(key, column);
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

    public List<String> partitionedBy() {
        return partitionedBy;
    }

    public List<String> primaryKey() {
        return primaryKey;
    }

    /** The columns that are metadata, by the connector's name for it. */
    public Map<String, String> metadata() {
        return metadata;
    }
}
