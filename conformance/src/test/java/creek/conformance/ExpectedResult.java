package creek.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares what a case printed with what Flink gave, by the rules of the cases' README. */
final class ExpectedResult {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> columns = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final boolean changelog;
    private final boolean ordered;
    private final List<List<String>> rows;

    private ExpectedResult(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("expected.jsonl"));
        JsonNode header = JSON.readTree(lines.get(0));
        header.get("columns").forEach(column -> columns.add(column.asText()));
        header.get("types").forEach(type -> types.add(bare(type.asText())));
        changelog = header.get("changelog").asBoolean();
        ordered = Files.exists(folder.resolve("ordered"));
        rows = changelog ? rows(Files.readAllLines(folder.resolve("final.jsonl"))) : rows(lines.subList(1, lines.size()));
    }

    /** What differs between a case's expected result and the lines that were printed; empty if nothing does. */
    static String difference(Path folder, List<String> printed) throws IOException {
        return new ExpectedResult(folder).difference(printed);
    }

    private String difference(List<String> printed) throws IOException {
        if (printed.isEmpty()) {
            return "nothing was printed";
        }
        JsonNode header = JSON.readTree(printed.get(0));
        List<String> actualColumns = new ArrayList<>();
        header.get("columns").forEach(column -> actualColumns.add(column.asText()));
        if (!actualColumns.equals(columns)) {
            return "columns " + actualColumns + " instead of " + columns;
        }
        List<String> actualTypes = new ArrayList<>();
        header.get("types").forEach(type -> actualTypes.add(bare(type.asText())));
        if (!actualTypes.equals(types)) {
            return "types " + actualTypes + " instead of " + types;
        }
        List<List<String>> actual = rows(printed.subList(1, printed.size()));
        return changelog ? rowDifference(left(actual), rows) : rowDifference(actual, rows);
    }

    /** Types are compared without NOT NULL and without the mark of a time attribute. */
    private static String bare(String type) {
        return type.replace(" *ROWTIME*", "").replace(" *PROCTIME*", "").replace(" NOT NULL", "");
    }

    private static List<List<String>> rows(List<String> lines) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines) {
            List<String> row = new ArrayList<>();
            JSON.readTree(line).forEach(value -> row.add(value.isNull() ? null : value.asText()));
            rows.add(row);
        }
        return rows;
    }

    /** The rows that are left after a changelog. */
    private List<List<String>> left(List<List<String>> log) {
        List<List<String>> left = new ArrayList<>();
        for (List<String> entry : log) {
            List<String> row = entry.subList(1, entry.size());
            if (entry.get(0).startsWith("+")) {
                left.add(row);
            } else if (!remove(left, row)) {
                left.add(new ArrayList<>(List.of("taken back but never given: " + row)));
            }
        }
        return left;
    }

    private String rowDifference(List<List<String>> actual, List<List<String>> expected) {
        List<List<String>> surplus = new ArrayList<>(actual);
        List<List<String>> missing = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            if (ordered) {
                if (i >= actual.size() || !same(actual.get(i), expected.get(i))) {
                    return "row " + i + ": " + (i < actual.size() ? actual.get(i) : "nothing") + " instead of " + expected.get(i);
                }
                surplus.remove(0);
            } else if (!remove(surplus, expected.get(i))) {
                missing.add(expected.get(i));
            }
        }
        return missing.isEmpty() && surplus.isEmpty() ? "" : "missing " + some(missing) + ", too many " + some(surplus);
    }

    private static String some(List<List<String>> rows) {
        return rows.size() + (rows.isEmpty() ? "" : " such as " + rows.subList(0, Math.min(3, rows.size())));
    }

    private boolean remove(List<List<String>> from, List<String> row) {
        int exact = from.indexOf(row);
        for (int i = 0; exact < 0 && i < from.size(); i++) {
            exact = same(from.get(i), row) ? i : -1;
        }
        if (exact >= 0) {
            from.remove(exact);
        }
        return exact >= 0;
    }

    private boolean same(List<String> actual, List<String> expected) {
        if (actual.size() != expected.size()) {
            return false;
        }
        // Rows of a log have their kind in front of the columns.
        int first = expected.size() - types.size();
        for (int i = 0; i < expected.size(); i++) {
            String type = i < first ? "" : types.get(i - first);
            if (!same(actual.get(i), expected.get(i), type)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(String actual, String expected, String type) {
        if (actual == null || expected == null || actual.equals(expected)) {
            return actual == null ? expected == null : actual.equals(expected);
        }
        if (type.equals("DOUBLE") || type.equals("FLOAT")) {
            double wanted = Double.parseDouble(expected);
            return Math.abs(Double.parseDouble(actual) - wanted) <= Math.abs(wanted) * (type.equals("DOUBLE") ? 1e-9 : 1e-6);
        }
        if (type.startsWith("MAP") || type.startsWith("MULTISET")) {
            return Arrays.equals(entries(actual), entries(expected));
        }
        return false;
    }

    private static String[] entries(String map) {
        String[] entries = map.substring(1, map.length() - 1).split(", ");
        Arrays.sort(entries);
        return entries;
    }
}
