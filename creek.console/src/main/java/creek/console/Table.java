package creek.console;

import java.util.ArrayList;
import java.util.List;

/** Texts in columns, for people and for programs that cut lines at spaces: a header, then a line a row. Columns of numbers are set to the right. */
final class Table {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();

    Table(String... header) {
        rows.add(header);
    }

    Table row(Object... cells) {
        String[] texts = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            String text = String.valueOf(cells[i]);
            texts[i] = text.isEmpty() ? "-" : text;
        }
        rows.add(texts);
        return this;
    }

    @Override
    public String toString() {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        boolean[] right = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            right[column] = rows.size() > 1;
            for (String[] row : rows) {
                widths[column] = Math.max(widths[column], row[column].length());
                right[column] &= row == rows.get(0) || isNumber(row[column]);
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String padding = " ".repeat(widths[column] - row[column].length());
                line.append(column == 0 ? "" : GAP).append(right[column] ? padding + row[column] : row[column] + padding);
            }
            text.append(text.length() == 0 ? "" : "\n").append(line.toString().stripTrailing());
        }
        return text.toString();
    }

    private static boolean isNumber(String text) {
        return text.equals("-") || text.matches("[0-9][0-9,]*");
    }
}
