import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Whether Creek, with one thread and with two, and Flink give the same rows for the same files. Changes are summed up first: a system may give a result in
 * more steps than another.
 */
final class ResultCheck {
    /** Few, so that windows end and auctions expire among a small number of records. */
    private static final int EVENTS_PER_SECOND = 1000;
    /** Sums of floating-point numbers depend on the order in which they are added. */
    private static final MathContext DIGITS = new MathContext(12);
    private static final Pattern DECIMAL = Pattern.compile("\\d+\\.\\d+(E-?\\d+)?");
    private static final String REMOVAL = "-";

    private final Runs runs;
    private final Systems systems;

    ResultCheck(Runs runs) {
        this.runs = runs;
        this.systems = new Systems(runs);
    }

    /** False if one differs. */
    boolean run(List<Workload> workloads, int records) throws Exception {
        for (Workload workload : workloads) {
            workload.prepare(runs, records, EVENTS_PER_SECOND);
        }
        Map<String, List<String>> expected = systems.flinkRows(workloads);
        boolean same = true;
        for (Workload workload : workloads) {
            List<String> flink = expected.get(workload.name());
            for (int parallelism : List.of(1, 2)) {
                List<String> creek = systems.creekRows(workload, parallelism);
                String difference = difference(sum(flink), sum(creek));
                String verdict;
                if (flink.size() == 1 && flink.get(0).startsWith("failed ")) {
                    verdict = "not compared, " + flink.get(0);
                } else if (parallelism > workload.same()) {
                    verdict = "not compared, since it does not give the same each time";
                } else if (difference.isEmpty()) {
                    verdict = "the same";
                } else {
                    verdict = "DIFFERENT: " + difference;
                    same = false;
                }
                System.out.printf("%-14s by %d: %d rows in %d changes of Creek, %d changes of Flink: %s%n", workload.name(), parallelism, sum(creek).values()
                        .stream().mapToInt(Integer::intValue).sum(), creek.size(), flink.size(), verdict);
            }
        }
        return same;
    }

    /** How often each row stands in the result in the end. */
    private static Map<String, Integer> sum(List<String> changes) {
        Map<String, Integer> rows = new TreeMap<>();
        for (String change : changes) {
            String row = DECIMAL.matcher(change.substring(2)).replaceAll(number -> rounded(number.group()));
            rows.merge(row, change.startsWith(REMOVAL) ? -1 : 1, (a, b) -> a + b == 0 ? null : a + b);
        }
        return rows;
    }

    private static String rounded(String number) {
        return new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    private static String difference(Map<String, Integer> expected, Map<String, Integer> actual) {
        if (expected.equals(actual)) {
            return "";
        }
        String missing = expected.keySet().stream().filter(row -> !expected.get(row).equals(actual.get(row))).findFirst().orElse("nothing");
        String more = actual.keySet().stream().filter(row -> !actual.get(row).equals(expected.get(row))).findFirst().orElse("nothing");
        return "Flink has " + missing + ", Creek " + more;
    }
}
