package creek.connector.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The {@code creek} command of the distribution in a process of its own. */
final class CreekProcess implements AutoCloseable {
    private static final Path COMMAND = Path.of("../creek").toAbsolutePath().normalize();
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path said;

    private CreekProcess(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /** @param said where what it says goes */
    static CreekProcess start(Path said, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(COMMAND.toString()));
        command.addAll(List.of(arguments));
        return new CreekProcess(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start(), said);
    }

    /** Runs it to its end. */
    static void run(Path said, String... arguments) throws IOException, InterruptedException {
        try (CreekProcess creek = start(said, arguments)) {
            if (!creek.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || creek.process.exitValue() != 0) {
                throw new AssertionError(creek.said());
            }
        }
    }

    String said() throws IOException {
        return Files.readString(said);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What the JDK's jcmd says of the process. */
    Stream<String> ask(String what) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(jcmd, "" + process.pid(), what).redirectErrorStream(true).start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines();
    }

    /** As the loss of power would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Tells it to end, and waits until it has. */
    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
