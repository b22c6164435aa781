package creek.command;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** CSV with a header line. NULL is nothing, an empty text is {@code ""}; a changelog's rows start with their kind, in a column {@code op}. */
final class CsvPrinter implements ResultFormat.ResultPrinter {
    private final Writer output;
    private boolean withKind;

    CsvPrinter(Writer output) {
        this.output = output;
    }

    @Override
    public void begin(List<String> columns, List<String> types, boolean changelog) throws IOException {
        withKind = changelog;
        line("op", columns.toArray(String[]::new));
    }

    @Override
    public void row(String kind, String[] texts) throws IOException {
        line(kind, texts);
    }

    @Override
    public void flush() throws IOException {
        output.flush();
    }

    @Override
    public void end() throws IOException {
        output.flush();
    }

    private void line(String kind, String[] texts) throws IOException {
        if (withKind) {
            output.append(kind);
        }
        for (int i = 0; i < texts.length; i++) {
            output.append(i > 0 || withKind ? "," : "");
            field(texts[i]);
        }
        output.append('\n');
    }

    private void field(String text) throws IOException {
        if (text == null) {
            return;
        }
        boolean quoted = text.isEmpty() || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        output.append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
    }
}
