package creek.command;

import java.io.IOException;
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

    private final Appendable output;
    private final List<String[]> held = new ArrayList<>();
    private String[] columns;
    private boolean[] numeric;
    private boolean withKind;
    private int[] widths;
    private long rows;

    TablePrinter(Appendable output) {
        this.output = output;
    }

    @Override
    public void begin(List<String> names, List<String> types, boolean changelog) {
        withKind = changelog;
        columns = withKind("op", names.toArray(String[]::new));
        numeric = new boolean[columns.length];
        for (int i = 0; i < types.size(); i++) {
            numeric[i + (changelog ? 1 : 0)] = types.get(i).matches("(TINYINT|SMALLINT|INT|BIGINT|FLOAT|DOUBLE|DECIMAL).*");
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
            release();
        }
    }

    @Override
    public void pause() throws IOException {
        if (!held.isEmpty()) {
            release();
        }
    }

    @Override
    public void end() throws IOException {
        if (widths == null) {
            release();
        }
        rule();
        output.append(String.valueOf(rows)).append(rows == 1 ? " row\n" : " rows\n");
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

    private void release() throws IOException {
        widths = new int[columns.length];
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
