import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What a comparison of two systems has shown, and how it is printed. */
final class Comparisons {
    private Comparisons() {
    }

    /**
     * Medians of a system's runs of a query, and how far apart they are.
     *
     * @param rate          millions of records per second
     * @param spread        the difference of the fastest and the slowest run, as a share of the median; not a number for a single run
     * @param cpuSeconds    processor time for a million records
     * @param cpuSpread     likewise of the processor time
     * @param allCpuSeconds processor time for a million records, of the whole run, its start included
     * @param peakMegabytes the most resident memory
     */
    record Figures(double rate, double spread, double cpuSeconds, double cpuSpread, double allCpuSeconds, double peakMegabytes) {
        /** Not numbers where nothing has run. */
        static Figures of(List<Runs.Result> results) {
            if (results == null || results.isEmpty()) {
                return new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
            }
            return new Figures(median(results, Runs.Result::rate), spread(results, Runs.Result::rate), median(results, Runs.Result::cpuSeconds),
                    spread(results, Runs.Result::cpuSeconds), median(results, Runs.Result::allCpuSeconds), median(results, Runs.Result::peakMegabytes));
        }

        private static double median(List<Runs.Result> results, ToDoubleFunction<Runs.Result> figure) {
            return Runs.median(results.stream().map(figure::applyAsDouble).toList());
        }

        private static double spread(List<Runs.Result> results, ToDoubleFunction<Runs.Result> figure) {
            if (results.size() == 1) {
                return Double.NaN;
            }
            double most = results.stream().mapToDouble(figure).max().getAsDouble();
            double least = results.stream().mapToDouble(figure).min().getAsDouble();
            return (most - least) / median(results, figure);
        }
    }

    /** A query with so many threads on both systems. */
    record Line(String query, int parallelism, Figures creek, Figures flink) {
        double cpuRatio() {
            return flink.cpuSeconds() / creek.cpuSeconds();
        }

        double allCpuRatio() {
            return flink.allCpuSeconds() / creek.allCpuSeconds();
        }

        double memoryRatio() {
            return creek.peakMegabytes() / flink.peakMegabytes();
        }
    }

    /** A table in Markdown. */
    static void printTable(List<Line> lines) {
        System.out.println("| query | by | Creek M/s | ± | CPU s/M | ± | from start | MB | Flink M/s | ± | CPU s/M | ± | from start | MB | CPU ratio | from start | memory |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Line line : lines) {
            System.out.println("| " + line.query() + " | " + line.parallelism() + " | " + cells(line.creek()) + " | " + cells(line.flink()) + " | "
                    + number("%.1f", line.cpuRatio()) + " | " + number("%.1f", line.allCpuRatio()) + " | " + number("%.2f", line.memoryRatio()) + " |");
        }
    }

    private static String cells(Figures figures) {
        return String.join(" | ", number("%.3f", figures.rate()), number("%.0f%%", 100 * figures.spread()), number("%.3f", figures.cpuSeconds()),
                number("%.0f%%", 100 * figures.cpuSpread()), number("%.3f", figures.allCpuSeconds()), number("%.0f", figures.peakMegabytes()));
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }

    /** Beside Creek's run of the same query with one thread. */
    static void printLoop(Figures loop, List<Line> lines) {
        System.out.printf(Locale.ROOT, "%nThe loop written by hand for tumble: %.3f M/s, %.3f CPU s/M, %.0f MB%n", loop.rate(), loop.cpuSeconds(), loop.peakMegabytes());
        lines.stream().filter(line -> line.query().equals("tumble") && line.parallelism() == 1).forEach(line -> System.out.printf(Locale.ROOT,
                "Creek has %.2f of its speed, %.2f by processor time%n", line.creek().rate() / loop.rate(), loop.cpuSeconds() / line.creek().cpuSeconds()));
    }

    static void printSummary(List<Line> lines) {
        for (int parallelism : lines.stream().mapToInt(Line::parallelism).distinct().toArray()) {
            List<Line> both = lines.stream().filter(line -> line.parallelism() == parallelism && !Double.isNaN(line.cpuRatio())).toList();
            double memory = both.stream().mapToDouble(Line::memoryRatio).max().orElse(Double.NaN);
            System.out.printf(Locale.ROOT, "%nBy %d: records per second of processor time, times Flink's: %s; of whole runs %s; %d queries; resident "
                    + "memory at most %.2f of Flink's%n", parallelism, means(both, Line::cpuRatio), means(both, Line::allCpuRatio), both.size(), memory);
        }
    }

    private static String means(List<Line> lines, ToDoubleFunction<Line> ratio) {
        double logarithms = lines.stream().mapToDouble(line -> Math.log(ratio.applyAsDouble(line))).average().orElse(Double.NaN);
        return String.format(Locale.ROOT, "geometric mean %.1f, least %.1f", Math.exp(logarithms), lines.stream().mapToDouble(ratio).min().orElse(Double.NaN));
    }
}
