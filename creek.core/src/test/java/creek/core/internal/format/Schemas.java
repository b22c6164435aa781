package creek.core.internal.format;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Schema;
import java.util.ArrayList;
import java.util.List;

/** Schemas from SQL-like text, {@code "id INT, pos ROW<lat DOUBLE>"}, so that tests read like tables. */
public final class Schemas {
    private final String text;
    private int p;

    private Schemas(String text) {
        this.text = text;
    }

    public static Schema schema(String columns) {
        Schemas parser = new Schemas(columns);
        return Schema.of(parser.columns());
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        do {
            String name = word();
            columns.add(new Column(name, type()));
        } while (take(','));
        return columns;
    }

    private DataType type() {
        String name = word();
        return switch (name) {
            case "STRING" -> DataType.string();
            case "CHAR" -> DataType.character(number(1));
            case "VARCHAR" -> DataType.varchar(number(1));
            case "BOOLEAN" -> DataType.bool();
            case "VARIANT" -> DataType.variant();
            case "BYTES" -> DataType.bytes();
            case "VARBINARY" -> DataType.varbinary(number(1));
            case "TINYINT" -> DataType.tinyint();
            case "SMALLINT" -> DataType.smallint();
            case "INT" -> DataType.integer();
            case "BIGINT" -> DataType.bigint();
            case "FLOAT" -> DataType.real();
            case "DOUBLE" -> DataType.doublePrecision();
            case "DATE" -> DataType.date();
            case "TIME" -> DataType.time(number(0));
            case "TIMESTAMP" -> DataType.timestamp(number(6));
            case "TIMESTAMP_LTZ" -> DataType.timestampLtz(number(6));
            case "DECIMAL" -> {
                take('(');
                int precision = Integer.parseInt(word());
                take(',');
                int scale = Integer.parseInt(word());
                take(')');
                yield DataType.decimal(precision, scale);
            }
            case "ARRAY" -> {
                take('<');
                DataType element = type();
                take('>');
                yield DataType.array(element);
            }
            case "MAP" -> {
                take('<');
                DataType key = type();
                take(',');
                DataType value = type();
                take('>');
                yield DataType.map(key, value);
            }
            case "ROW" -> {
                take('<');
                List<Column> fields = columns();
                take('>');
                yield DataType.row(fields);
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    private int number(int otherwise) {
        if (!take('(')) {
            return otherwise;
        }
        int number = Integer.parseInt(word());
        take(')');
        return number;
    }

    private String word() {
        take(' ');
        int start = p;
        while (p < text.length() && (Character.isLetterOrDigit(text.charAt(p)) || text.charAt(p) == '_')) {
            p++;
        }
        return text.substring(start, p);
    }

    private boolean take(char wanted) {
        while (p < text.length() && text.charAt(p) == ' ') {
            p++;
        }
        if (p < text.length() && text.charAt(p) == wanted) {
            p++;
            return true;
        }
        return false;
    }
}
