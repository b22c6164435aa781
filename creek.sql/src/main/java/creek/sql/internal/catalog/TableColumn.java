package creek.sql.internal.catalog;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/** A column as CREATE TABLE declares it. */
public sealed interface TableColumn {
    String name();

    /** Its type; that of the column that a WATERMARK is for is not yet marked as a time attribute here. */
    RelDataType type();

    /** A column that the connector or the format carries. */
    record Physical(String name, RelDataType type) implements TableColumn {
    }

    /**
     * A column filled by {@code METADATA FROM key}; a VIRTUAL one is not written.
     *
     * @param carried the type that the connector gives, which is cast to that of the column
     */
    record Metadata(String name, RelDataType type, String key, boolean isVirtual, RelDataType carried) implements TableColumn {
    }

    /** A column computed by an expression over the table's source row. */
    record Computed(String name, RexNode expression, String text) implements TableColumn {
        /** The text of the expression in one line. */
        public String shown() {
            return inOneLine(text);
        }

        @Override
        public RelDataType type() {
            return expression.getType();
        }
    }

    /** SQL for people, in one line. */
    static String inOneLine(String sql) {
        return sql.replaceAll("\\s+", " ");
    }
}
