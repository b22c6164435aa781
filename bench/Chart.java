import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Draws how many records Creek and Flink take per second of processor time, a pair of bars a query, as SVG; the scale is logarithmic. */
final class Chart {
    private static final int LEFT = 110;
    private static final int WIDTH = 640;
    private static final int BAR = 9;
    private static final int ROW = 26;
    private static final int TOP = 46;
    private static final double LEAST = 0.01;
    private static final double MOST = 10;

    private final StringBuilder svg = new StringBuilder();

    private Chart() {
    }

    static void write(List<Comparisons.Line> lines, Path file) throws IOException {
        List<Comparisons.Line> shown = lines.stream().filter(line -> line.parallelism() == 1 && !Double.isNaN(line.cpuRatio())).toList();
        Files.writeString(file, new Chart().draw(shown));
    }

    private String draw(List<Comparisons.Line> lines) {
        int height = TOP + ROW * lines.size() + 10;
        add("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='11'>", LEFT + WIDTH + 80, height);
        add("<rect width='100%%' height='100%%' fill='white'/>");
        add("<text x='%d' y='16' font-size='13'>million records per second of processor time; Creek above, Flink below</text>", LEFT);
        for (double mark = LEAST; mark <= MOST * 1.01; mark *= 10) {
            add("<line x1='%1$.1f' y1='%2$d' x2='%1$.1f' y2='%3$d' stroke='#ddd'/><text x='%1$.1f' y='%4$d' text-anchor='middle' fill='#666'>%5$s</text>", x(mark),
                    TOP - 8, height, TOP - 12, String.format(Locale.ROOT, mark < 1 ? "%.2f" : "%.0f", mark));
        }
        for (int i = 0; i < lines.size(); i++) {
            Comparisons.Line line = lines.get(i);
            int y = TOP + ROW * i;
            add("<text x='%d' y='%d' text-anchor='end'>%s</text>", LEFT - 8, y + BAR + 3, line.query());
            bar(y, 1 / line.creek().cpuSeconds(), "#1b7f5c", String.format(Locale.ROOT, "%.1f times", line.cpuRatio()));
            bar(y + BAR + 1, 1 / line.flink().cpuSeconds(), "#c65b7c", "");
        }
        return svg.append("</svg>\n").toString();
    }

    private void bar(int y, double value, String colour, String label) {
        add("<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/><text x='%.1f' y='%d'>%s</text>", LEFT, y, x(value) - LEFT, BAR, colour, x(value) + 5, y + BAR,
                label);
    }

    private static double x(double value) {
        double share = Math.log(Math.max(value, LEAST) / LEAST) / Math.log(MOST / LEAST);
        return LEFT + WIDTH * Math.min(1, share);
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
