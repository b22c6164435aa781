package creek.connector.mqtt;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.option.OptionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A topic that may have values of columns in it: {@code plant/${line}/alarm}. */
final class TopicTemplate {
    private static final Pattern COLUMN = Pattern.compile("\\$\\{([^}]*)}");
    private static final int LONGEST = 65_535;

    /** What stands before each column, and after the last one. */
    private final List<String> texts = new ArrayList<>();
    private final List<Integer> columns = new ArrayList<>();
    private final Schema schema;
    /** The topic if it has no columns. */
    private final String fixed;

    /** @throws OptionException if it can't be a topic to write to */
    TopicTemplate(String text, Schema schema) {
        this.schema = schema;
        Matcher matcher = COLUMN.matcher(text);
        int at = 0;
        while (matcher.find()) {
            int column = schema.indexOf(matcher.group(1));
            if (column < 0) {
                throw wrong("there is no column " + matcher.group(1) + " for '" + matcher.group() + "'");
            }
            requireText(schema.type(column), matcher.group(1));
            addText(text.substring(at, matcher.start()));
            columns.add(column);
            at = matcher.end();
        }
        addText(text.substring(at));
        fixed = columns.isEmpty() ? texts.get(0) : null;
        if (text.isBlank() || text.contains(";")) {
            throw wrong("a table is written to one topic, which may have columns as ${column}, not to '" + text + "'");
        }
    }

    private void addText(String text) {
        if (text.contains("+") || text.contains("#") || text.indexOf('\0') >= 0) {
            throw wrong("'" + text + "' has a wildcard; a topic that is written to has none");
        }
        texts.add(text);
    }

    private static void requireText(DataType type, String column) {
        switch (type.root()) {
            case CHAR, VARCHAR, TINYINT, SMALLINT, INTEGER, BIGINT, BOOLEAN -> {
                // has a text that all agree on
            }
            default -> throw wrong("column " + column + " of type " + type + " can't be part of a topic; CAST(... AS STRING) can");
        }
    }

    private static OptionException wrong(String message) {
        return new OptionException(MqttOptions.TOPIC.key(), "'topic': " + message);
    }

    List<Integer> columns() {
        return columns;
    }

    /** @throws IOException if a value can't be part of a topic */
    String of(Row row) throws IOException {
        if (fixed != null) {
            return fixed;
        }
        StringBuilder topic = new StringBuilder(texts.get(0));
        for (int i = 0; i < columns.size(); i++) {
            int column = columns.get(i);
            if (row.isNullAt(column)) {
                throw new IOException("column " + schema.name(column) + " is NULL, but part of the topic");
            }
            switch (schema.type(column).root()) {
                case CHAR, VARCHAR -> topic.append(row.getUtf8(column));
                case BOOLEAN -> topic.append(row.getBoolean(column));
                default -> topic.append(row.getLong(column));
            }
            topic.append(texts.get(i + 1));
        }
        return check(topic.toString());
    }

    /** @throws IOException if that is no topic to write to */
    static String check(String topic) throws IOException {
        if (topic.isEmpty() || topic.length() > LONGEST || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0 || topic.indexOf('\0') >= 0) {
            throw new IOException("'" + topic + "' is no topic that can be written to: it is empty, too long or has a wildcard");
        }
        return topic;
    }
}
