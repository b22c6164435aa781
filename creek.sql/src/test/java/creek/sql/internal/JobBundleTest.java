package creek.sql.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.sql.CompiledJob;
import creek.sql.SqlException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

class JobBundleTest {
    private static CompiledJob compile(String script) throws SqlException {
        return new Planner(new TestRegistry()).openSession().compile(script, "hot readings");
    }

    @Test
    void sameScript_then_sameBytes() throws Exception {
        String script = Files.readString(Path.of("../bench/filter.sql"));
        assertArrayEquals(compile(script).bundle(), compile(script).bundle());
    }

    /** As of a script {@code try.sql}. */
    @Test
    void nameThatJavaKeeps_then_isNoPackage() throws Exception {
        CompiledJob job = new Planner(new TestRegistry()).openSession().compile(Files.readString(Path.of("../bench/filter.sql")), "try");
        assertTrue(job.source().startsWith("package creek.job._try;"), job.source());
    }

    @Test
    void headersSayWhatTheJobNeeds() throws Exception {
        CompiledJob job = compile(Files.readString(Path.of("../bench/filter.sql")));
        List<String> entries = new ArrayList<>();
        Manifest manifest;
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(job.bundle()))) {
            manifest = jar.getManifest();
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                entries.add(entry.getName());
            }
        }
        assertEquals("creek.job.hot-readings", manifest.getMainAttributes().getValue("Bundle-SymbolicName"));
        assertEquals("creek.job.hot_readings.Job", manifest.getMainAttributes().getValue("Creek-Job-Definition"));
        assertTrue(manifest.getMainAttributes().getValue("Require-Capability").contains("(creek.connector=filesystem)"));
        assertTrue(manifest.getMainAttributes().getValue("Require-Capability").contains("(creek.format=json)"));
        assertTrue(manifest.getMainAttributes().getValue("Import-Package").contains("creek.core.operator;version=\"[0.1,1)\""));
        assertTrue(entries.contains("creek/job/hot_readings/Job.class"), entries.toString());
        assertTrue(entries.contains("OSGI-INF/creek/job.sql"), entries.toString());
        assertTrue(entries.contains("OSGI-INF/creek/plan.txt"), entries.toString());
        assertEquals(entries.stream().sorted().toList(), entries);
    }

    @Test
    void secretOption_then_notInPlanOrSource() throws SqlException, IOException {
        CompiledJob job = compile("CREATE TABLE s (id INT) WITH ('connector' = 'filesystem', 'path' = 's', 'format' = 'json', 'password' = 'pssst');"
                + "SELECT id FROM s");
        assertFalse(job.plan().contains("pssst"));
        assertFalse(job.source().contains("pssst"));
    }

    @Test
    void anotherQueryIsAdded_then_operatorIdsStay() throws SqlException, IOException {
        String script = Files.readString(Path.of("../bench/filter.sql"));
        CompiledJob before = compile(script);
        CompiledJob after = compile(script + "CREATE TABLE all_readings (humidity INT) WITH ('connector' = 'print');"
                + "INSERT INTO all_readings SELECT humidity FROM readings;");
        before.source().lines().filter(line -> line.contains("topology.source(") || line.contains(".then(")).map(line -> line.split("\"")[1])
                .forEach(id -> assertTrue(after.source().contains(id), id));
    }
}
