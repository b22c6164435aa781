package creek.command;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** JSON, a value a line: a header object with columns, types and changelog, then an array {@code [kind, text or null, …]} for each row. */
final class JsonlPrinter implements ResultFormat.ResultPrinter {
    private final Writer output;

    JsonlPrinter(Writer output) {
        this.output = output;
    }

    @Override
    public void begin(List<String> columns, List<String> types, boolean changelog) throws IOException {
        output.append("{\"columns\":");
        strings(columns);
        output.append(",\"types\":");
        strings(types);
        output.append(",\"changelog\":").append(Boolean.toString(changelog)).append("}\n");
    }

    @Override
    public void row(String kind, String[] texts) throws IOException {
        output.append('[');
        string(kind);
        for (String text : texts) {
            output.append(',');
            string(text);
        }
        output.append("]\n");
    }

    @Override
    public void flush() throws IOException {
        output.flush();
    }

    @Override
    public void end() throws IOException {
        output.flush();
    }

    private void strings(List<String> texts) throws IOException {
        for (int i = 0; i < texts.size(); i++) {
            output.append(i == 0 ? '[' : ',');
            string(texts.get(i));
        }
        output.append(texts.isEmpty() ? "[]" : "]");
    }

    private void string(String text) throws IOException {
        if (text == null) {
            output.append("null");
            return;
        }
        output.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        output.append('"');
    }

    private void character(char c) throws IOException {
        switch (c) {
            case '"' -> output.append("\\\"");
            case '\\' -> output.append("\\\\");
            case '\n' -> output.append("\\n");
            case '\r' -> output.append("\\r");
            case '\t' -> output.append("\\t");
            default -> {
                if (c < ' ') {
                    output.append(String.format("\\u%04x", (int) c));
                } else {
                    output.append(c);
                }
            }
        }
    }
}
