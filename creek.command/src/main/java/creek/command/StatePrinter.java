package creek.command;

import creek.core.job.StateReport;
import creek.core.job.StateReport.Part;
import creek.core.job.StateReport.Table;
import java.util.List;
import java.util.Locale;

/** A report on state as lines of text. */
final class StatePrinter {
    private StatePrinter() {
    }

    static String text(StateReport report) {
        StringBuilder text = new StringBuilder();
        line(text, "%s %s", report.kind(), report.path());
        if (!report.job().isEmpty()) {
            line(text, "  job         %s", report.job());
        }
        if (report.checkpoint() > 0) {
            line(text, "  checkpoint  %d%s, %s", report.checkpoint(), report.time().map(time -> " of " + time).orElse(""), report.origin());
        } else if (!report.origin().isEmpty()) {
            line(text, "  checkpoint  none yet, %s", report.origin());
        }
        if (report.stored() > 0) {
            line(text, "  size        %,d entries of %,d bytes, %,d on disk", report.entries(), report.bytes(), report.stored());
        }
        tables(text, report.tables());
        parts(text, "source", report.sources());
        parts(text, "sink", report.sinks());
        line(text, "  %s", report.problem().map(problem -> (report.isDamaged() ? "DAMAGED: " : "") + problem).orElse("whole"));
        return text.toString();
    }

    private static void tables(StringBuilder text, List<Table> tables) {
        int operator = tables.stream().mapToInt(table -> table.operator().length()).max().orElse(0);
        int name = tables.stream().mapToInt(table -> table.name().length()).max().orElse(0);
        for (Table table : tables) {
            line(text, "  %-11s %s %s %,12d entries %,14d bytes", "operator", padded(table.operator(), operator), padded(table.name(), name),
                    table.entries(), table.bytes());
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static void parts(StringBuilder text, String what, List<Part> parts) {
        for (Part part : parts) {
            line(text, "  %-11s %s: %s", what, part.id(), part.text());
        }
    }

    private static void line(StringBuilder text, String form, Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append('\n');
    }
}
