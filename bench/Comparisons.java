import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a comparison of two systems has shown, and how it is printed. */
final class Comparisons {
    private Comparisons() {
    }

    /**
     * Medians of a system's runs of a query, and how far apart they are.
     *
     * @param rate       millions of records per second
     * @param spread     the difference of the fastest and the slowest run, as a share of the median
     * @param cpuSeconds processor time for a million records
     * @param peakMegabytes the most resident memory
     */
    record Figures(double rate, double spread, double cpuSeconds, double peakMegabytes) {
        /** Not numbers where nothing has run. */
        static Figures of(List<Runs.Result> results) {
            if (results == null || results.isEmpty()) {
                return new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
            }
            double rate = median(results, Runs.Result::rate);
            double fastest = results.stream().mapToDouble(Runs.Result::rate).max().getAsDouble();
            double slowest = results.stream().mapToDouble(Runs.Result::rate).min().getAsDouble();
            return new Figures(rate, (fastest - slowest) / rate, median(results, Runs.Result::cpuSeconds), median(results, Runs.Result::peakMegabytes));
        }

        private static double median(List<Runs.Result> results, ToDoubleFunction<Runs.Result> figure) {
            return Runs.median(results.stream().map(figure::applyAsDouble).toList());
        }
    }

    /** A query with so many threads on both systems. */
    record Line(String query, int parallelism, Figures creek, Figures flink) {
        double speedRatio() {
            return creek.rate() / flink.rate();
        }

        double cpuRatio() {
            return flink.cpuSeconds() / creek.cpuSeconds();
        }

        double memoryRatio() {
            return creek.peakMegabytes() / flink.peakMegabytes();
        }

        void print() {
            System.out.printf("%-14s %2d | %7.3f %4.0f%% %7.3f %6.0f | %7.3f %4.0f%% %7.3f %6.0f | %6.1f %6.1f %6.2f%n", query, parallelism, creek.rate(),
                    100 * creek.spread(), creek.cpuSeconds(), creek.peakMegabytes(), flink.rate(), 100 * flink.spread(), flink.cpuSeconds(),
                    flink.peakMegabytes(), speedRatio(), cpuRatio(), memoryRatio());
        }
    }

    static void printTitle() {
        System.out.printf("%-14s %2s | %-27s | %-27s | %s%n", "", "", "Creek", "Flink", "Creek to Flink");
        System.out.printf("%-14s %2s | %7s %5s %7s %6s | %7s %5s %7s %6s | %6s %6s %6s%n", "query", "by", "M/s", "+-", "CPU s/M", "MB", "M/s", "+-",
                "CPU s/M", "MB", "speed", "CPU", "memory");
    }

    static void printLoop(Figures loop, Line creek) {
        System.out.printf("%-14s %2d | %7.3f %4.0f%% %7.3f        | Creek has %.2f of it%n", "  the loop", 1, loop.rate(), 100 * loop.spread(),
                loop.cpuSeconds(), creek.creek().rate() / loop.rate());
    }

    static void printSummary(List<Line> lines) {
        for (int parallelism : lines.stream().mapToInt(Line::parallelism).distinct().toArray()) {
            List<Line> both = lines.stream().filter(line -> line.parallelism() == parallelism && !Double.isNaN(line.cpuRatio())).toList();
            double logarithms = both.stream().mapToDouble(line -> Math.log(line.cpuRatio())).average().orElse(Double.NaN);
            double least = both.stream().mapToDouble(Line::cpuRatio).min().orElse(Double.NaN);
            double memory = both.stream().mapToDouble(Line::memoryRatio).max().orElse(Double.NaN);
            System.out.printf("%nby %d: records per second of processor time, times Flink's: geometric mean %.1f, least %.1f, of %d queries; resident memory at "
                    + "most %.2f of Flink's%n", parallelism, Math.exp(logarithms), least, both.size(), memory);
        }
    }
}
