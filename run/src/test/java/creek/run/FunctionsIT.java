package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of a script's own, in the platform that the command starts. */
class FunctionsIT {
    @TempDir
    Path directory;

    @Test
    void functionsFromAJarBesideTheScript() throws Exception {
        Creek creek = new Creek(Files.createDirectory(directory.resolve("work")));
        Path source = Files.createDirectory(directory.resolve("acme")).resolve("Twice.java");
        Files.writeString(source, "package acme; public class Twice extends creek.udf.api.ScalarFunction "
                + "{ public long eval(int a) { return 2L * a; } }");
        Path api = Path.of("../creek.udf.api/target/classes");
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", api.toString(), source.toString()));
        Files.createDirectory(directory.resolve("work/jobs"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(directory.resolve("work/jobs/f.jar")))) {
            jar.putNextEntry(new JarEntry("acme/Twice.class"));
            jar.write(Files.readAllBytes(directory.resolve("acme/Twice.class")));
        }
        creek.write("jobs/query.sql", "CREATE FUNCTION twice AS 'acme.Twice' USING JAR 'f.jar';\nSELECT twice(a) AS n FROM (VALUES (1), (2)) AS t(a);\n");
        Creek.Outcome outcome = creek.run("sql", "-f", "jobs/query.sql", "--format", "csv");
        assertEquals("n\n2\n4\n", outcome.out(), outcome.err());
    }

    @Test
    void exampleOfAVendor() throws Exception {
        VendorProject project = new VendorProject(directory, "vendor-functions", "creek.udf.api");
        project.build();
        String out = project.run(Map.of(), List.of(Creek.ROOT.resolve("creek").toString(), "run", "try.sql"));
        assertTrue(out.contains("+U[u4pr, 3, 21.0]\n"), out);
    }
}
