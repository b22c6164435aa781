package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples, as the README runs them, on a copy. The expected activity and strong quakes were computed from the data by a loop of a few lines
 * in another language that keeps to the rules of windows and late rows.
 */
class ExamplesIT {
    @TempDir
    Path directory;

    @Test
    void earthquakes() throws Exception {
        copy("earthquakes");
        Creek.Outcome outcome = new Creek(directory).run("run", "example/earthquakes.sql");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("1,707 records in, 246 out") && outcome.err().contains("298 late"), outcome.err());
        assertEquals(expected("activity.csv"), sortedParts("example/out/activity"));
        assertEquals(expected("strong.jsonl"), sortedParts("example/out/strong"));
    }

    @Test
    void weather() throws Exception {
        copy("weather");
        Creek.Outcome outcome = new Creek(directory).run("run", "example/weather.sql");
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals(365, outcome.lines().size());
        assertEquals("+I[2010-01-01, 12, 3.7, 6.4, 1016.6]", outcome.lines().get(0));
    }

    @Test
    void winds() throws Exception {
        copy("weather");
        Creek.Outcome outcome = new Creek(directory).run("run", "example/winds.sql");
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals(14, outcome.lines().size());
        assertEquals("+I[2010-02-19T08:00, 6, 4.4, -0.4]", outcome.lines().get(0));
    }

    private void copy(String example) throws IOException {
        Path copy = Files.createDirectory(directory.resolve("example"));
        try (Stream<Path> files = Files.list(Creek.ROOT.resolve("examples").resolve(example))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
    }

    private static List<String> expected(String resource) throws IOException {
        return Files.readAllLines(Creek.ROOT.resolve("run/src/test/resources/examples").resolve(resource));
    }

    private List<String> sortedParts(String folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> parts = Files.list(directory.resolve(folder))) {
            for (Path part : parts.toList()) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        Collections.sort(lines);
        return lines;
    }
}
