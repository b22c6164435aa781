package creek.sql.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.sql.CompiledJob;
import creek.sql.SqlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole plans, reviewed as texts: for each script {@code plans/*.sql} the plan is that of the {@code .plan} beside it and, where there is a
 * {@code .java}, so is the generated code. To accept changed plans, run with {@code -Dplans.write=true}, look at the difference, commit it.
 */
class PlanTest {
    private static final Path PLANS = Path.of("src/test/resources/plans");

    static Stream<Path> scripts() throws IOException {
        return Files.list(PLANS).filter(file -> file.toString().endsWith(".sql")).sorted();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void planIsAsReviewed(Path script) throws IOException, SqlException {
        String name = script.getFileName().toString().replace(".sql", "");
        CompiledJob job = new Planner(new TestRegistry()).openSession().compile(Files.readString(script), name);
        check(PLANS.resolve(name + ".plan"), job.plan());
        if (Files.exists(PLANS.resolve(name + ".java"))) {
            check(PLANS.resolve(name + ".java"), job.source());
        }
    }

    private static void check(Path file, String actual) throws IOException {
        if (Boolean.getBoolean("plans.write")) {
            Files.writeString(file, actual);
        }
        assertEquals(Files.readString(file), actual, file.toString());
    }
}
