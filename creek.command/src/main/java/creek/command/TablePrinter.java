package creek.command;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for people. The first rows are held back until it is known how wide their columns are; what comes later is printed as it comes.
 * A changelog's rows start with their kind, in a column {@code op}.
 */
final class TablePrinter implements ResultFormat.ResultPrinter {
    private static final int HELD_BACK = 500;
    private static final int WIDEST = 60;
    private static final String NULL = "NULL";

    private final Writer output;
    private final List<String[]> held = new ArrayList<>();
    private String[] columns;
    private boolean[] numeric;
    private int[] usual;
    private boolean withKind;
    private int[] widths;
    private long rows;

    TablePrinter(Writer output) {
        this.output = output;
    }

    @Override
    public void begin(List<String> names, List<String> types, boolean changelog) {
        withKind = changelog;
        columns = withKind("op", names.toArray(String[]::new));
        numeric = new boolean[columns.length];
        usual = new int[columns.length];
        for (int i = 0; i < types.size(); i++) {
            int column = i + (changelog ? 1 : 0);
            numeric[column] = types.get(i).matches("(TINYINT|SMALLINT|INT|BIGINT|FLOAT|DOUBLE|DECIMAL).*");
            usual[column] = usualWidth(types.get(i));
        }
    }

    @Override
    public void row(String kind, String[] texts) throws IOException {
        rows++;
        String[] cells = withKind(kind, texts);
        if (widths != null) {
            line(cells);
            return;
        }
        held.add(cells);
        if (held.size() == HELD_BACK) {
            releaseEarly();
        }
    }

    @Override
    public void flush() throws IOException {
        if (!held.isEmpty()) {
            releaseEarly();
        }
        output.flush();
    }

    @Override
    public void end() throws IOException {
        if (widths == null) {
            release(new int[columns.length]);
        }
        rule();
        output.append(String.valueOf(rows)).append(rows == 1 ? " row\n" : " rows\n");
        output.flush();
    }

    private String[] withKind(String kind, String[] texts) {
        if (!withKind) {
            return texts;
        }
        String[] cells = new String[texts.length + 1];
        cells[0] = kind;
        System.arraycopy(texts, 0, cells, 1, texts.length);
        return cells;
    }

    /** More rows will come, perhaps wider ones. */
    private void releaseEarly() throws IOException {
        release(usual);
    }

    private void release(int[] least) throws IOException {
        widths = least;
        widen(columns);
        held.forEach(this::widen);
        rule();
        line(columns);
        rule();
        for (String[] cells : held) {
            line(cells);
        }
        held.clear();
    }

    private void widen(String[] cells) {
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], Math.min(WIDEST, shown(cells[i]).length()));
        }
    }

    private void rule() throws IOException {
        for (int width : widths) {
            output.append('+').append("-".repeat(width + 2));
        }
        output.append("+\n");
    }

    private void line(String[] cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            String text = shown(cells[i]);
            String padding = " ".repeat(Math.max(0, widths[i] - text.length()));
            output.append("| ").append(numeric[i] ? padding + text : text + padding).append(' ');
        }
        output.append("|\n");
    }

    /** Room for most values of a type. */
    private static int usualWidth(String type) {
        return type.startsWith("TIMESTAMP") ? "2024-01-01 00:00:00.000".length()
                : type.startsWith("BIGINT") ? String.valueOf(Long.MIN_VALUE).length()
                : type.startsWith("INT") ? String.valueOf(Integer.MIN_VALUE).length()
                : type.startsWith("DOUBLE") || type.startsWith("STRING") ? 20 : 0;
    }

    /** On one line, and without what would control the terminal, whatever is in it. */
    private static String shown(String text) {
        if (text == null) {
            return NULL;
        }
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> shown.append(switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> Character.isISOControl(c) ? String.format("\\x%02x", c) : String.valueOf((char) c);
        }));
        return shown.toString();
    }
}
