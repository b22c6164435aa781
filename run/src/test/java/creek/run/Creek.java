package creek.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the {@code creek} script as its users do, in a working directory of the test's own. */
final class Creek {
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final long TIMEOUT_SECONDS = 300;

    private final Path directory;

    Creek(Path directory) {
        this.directory = directory;
    }

    /**
     * What a run left.
     *
     * @param err standard error
     */
    record Outcome(int status, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        return runWith("", arguments);
    }

    /** Runs it to its end with that on standard input. */
    Outcome runWith(String input, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it ended without reading
        }
        return finish(process);
    }

    /** Starts it; what it writes goes to files, so that nobody needs to read along. */
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("creek").toString()));
        command.addAll(List.of(arguments));
        return shell(command);
    }

    /** Starts {@code sh -c} with {@code creek} as {@code $0}. */
    Process startPipe(String pipe) throws IOException {
        return shell(List.of("sh", "-c", pipe, ROOT.resolve("creek").toString()));
    }

    Outcome finish(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            assertTrue(false, "no end after " + TIMEOUT_SECONDS + " s; standard error: " + read("err"));
        }
        return new Outcome(process.exitValue(), read("out"), read("err"));
    }

    /** Waits until it has written that to {@code out} or {@code err}. */
    void awaitOutput(String stream, String text) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!read(stream).contains(text)) {
            assertTrue(System.nanoTime() < end, "never said: " + text + "; standard error: " + read("err"));
            Thread.sleep(50);
        }
    }

    Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Process shell(List<String> command) throws IOException {
        return new ProcessBuilder(command).directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile()).start();
    }

    private String read(String stream) throws IOException {
        return Files.readString(directory.resolve(stream));
    }
}
