package creek.connector.file;

import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The directory of a row's partition, {@code day=2024-01-01/site=a}, with Hive's escapes as Flink writes them. */
final class PartitionPath {
    private static final String ESCAPED = "\"#%'*/:=?\\{[]^";
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final int HEXADECIMAL = 16;
    /** Comes in no UTF-8 text, so that the values of several columns do not run together. */
    private static final int SEPARATOR = 0xFF;

    private final Schema schema;
    private final List<Integer> columns;
    private final String defaultName;
    private final BinaryWriter scratch = new BinaryWriter();
    private final Utf8 key = new Utf8();

    /** @param columns places in the schema */
    PartitionPath(Schema schema, List<Integer> columns, String defaultName) {
        this.schema = schema;
        this.columns = columns;
        this.defaultName = defaultName;
    }

    /** What rows of the same partition have in common. Valid until the next call. */
    Utf8 key(Row row) {
        scratch.reset();
        for (int column : columns) {
            writeText(row, column);
            scratch.writeByte(SEPARATOR);
        }
        key.set(scratch.bytes(), 0, scratch.size());
        return key;
    }

    String path(Row row) {
        StringBuilder path = new StringBuilder();
        for (int column : columns) {
            scratch.reset();
            writeText(row, column);
            String text = new String(scratch.bytes(), 0, scratch.size(), StandardCharsets.UTF_8);
            path.append(path.isEmpty() ? "" : "/");
            escape(schema.name(column), path);
            path.append('=');
            escape(text.isBlank() ? defaultName : text, path);
        }
        return path.toString();
    }

    private void writeText(Row row, int column) {
        if (!row.isNullAt(column)) {
            RowText.append(schema.type(column), row, column, scratch);
        }
    }

    /** The value that a file's directories give a partition column; the innermost counts. */
    static Optional<String> value(Path file, String column) {
        StringBuilder prefix = new StringBuilder();
        escape(column, prefix);
        prefix.append('=');
        for (Path directory = file.getParent(); directory != null && directory.getFileName() != null; directory = directory.getParent()) {
            String name = directory.getFileName().toString();
            if (name.startsWith(prefix.toString())) {
                return Optional.of(unescape(name.substring(prefix.length())));
            }
        }
        return Optional.empty();
    }

    private static String unescape(String text) {
        Matcher escapes = ESCAPE.matcher(text);
        return escapes.replaceAll(escape -> Matcher.quoteReplacement(
                String.valueOf((char) Integer.parseInt(escape.group(1), HEXADECIMAL))));
    }

    private static void escape(String text, StringBuilder path) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7F || ESCAPED.indexOf(c) >= 0) {
                path.append(String.format("%%%02X", (int) c));
            } else {
                path.append(c);
            }
        }
    }
}
