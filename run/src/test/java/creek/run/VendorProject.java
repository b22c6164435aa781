package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A Maven project outside the build, as a vendor has it: a copy of one of the examples. Its local repository has links to what this build's has, where Maven
 * puts the few jars that only the example needs, and this build's own artifacts, which come to nobody's repository so.
 */
final class VendorProject {
    private static final String VERSION = "0.1.0";
    private static final long TIMEOUT_MINUTES = 15;

    private final Path folder;
    private final Path repository;

    /**
     * @param example   its folder's name
     * @param artifacts folders of the modules that it depends on
     */
    VendorProject(Path directory, String example, String... artifacts) throws IOException {
        folder = directory.resolve(example);
        copy(Creek.ROOT.resolve("examples").resolve(example), folder);
        repository = Files.createDirectories(directory.resolve("repository"));
        try (Stream<Path> groups = Files.list(repositoryOfThisBuild())) {
            for (Path group : groups.filter(path -> !path.endsWith("creek")).toList()) {
                Files.createSymbolicLink(repository.resolve(group.getFileName()), group);
            }
        }
        Files.copy(Creek.ROOT.resolve("pom.xml"), artifact("creek").resolve("creek-" + VERSION + ".pom"));
        for (String name : artifacts) {
            put(name);
        }
    }

    /** Where Maven has JUnit's jar from, which a property does not say in all of its versions. */
    private static Path repositoryOfThisBuild() {
        Path path = Path.of(URI.create(Test.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        for (int level = "org/junit/jupiter/artifact/version/jar".split("/").length; level > 0; level--) {
            path = path.getParent();
        }
        return path;
    }

    private Path artifact(String name) throws IOException {
        return Files.createDirectories(repository.resolve("creek").resolve(name).resolve(VERSION));
    }

    private void put(String name) throws IOException {
        Path target = artifact(name);
        Files.copy(Creek.ROOT.resolve(name).resolve("pom.xml"), target.resolve(name + "-" + VERSION + ".pom"));
        try (Stream<Path> built = Files.list(Creek.ROOT.resolve(name).resolve("target"))) {
            for (Path jar : built.filter(path -> path.toString().endsWith(".jar")).toList()) {
                Files.copy(jar, target.resolve(jar.getFileName()));
            }
        }
    }

    /** All but what was built. */
    private static void copy(Path from, Path to) throws IOException {
        Path built = from.resolve("target");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(path -> !path.startsWith(built)).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    Path folder() {
        return folder;
    }

    /** Builds and tests it. */
    void build() throws IOException, InterruptedException {
        run(Map.of(), List.of(System.getProperty("maven.command"), "-B", "-Dmaven.repo.local=" + repository, "verify"));
    }

    /** Runs a command in its folder, which must succeed; answers what it wrote. */
    String run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        File output = folder.resolveSibling("output").toFile();
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            assertTrue(false, () -> "no end of " + command);
        }
        String text = Files.readString(output.toPath());
        assertEquals(0, process.exitValue(), text);
        return text;
    }
}
