package creek.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A platform started by {@code creek start} on a data folder that outlives it, and its console as a program speaks to it. */
final class PlatformProcess implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 180;

    private final Path directory;
    private final Creek creek;
    private Process process;

    /** @param directory of its own; the data folder is {@code data} in it */
    PlatformProcess(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        creek = new Creek(directory);
        Files.createDirectories(deploy());
    }

    Path data() {
        return directory.resolve("data");
    }

    Path deploy() {
        return data().resolve("deploy");
    }

    void start() throws IOException, InterruptedException {
        process = creek.start("start", "--verbose", "--data", "data");
        creek.awaitOutput("err", "the platform runs");
    }

    long pid() {
        return process.pid();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it in order. */
    void stop() throws IOException, InterruptedException {
        process.destroy();
        assertEquals(0, creek.finish(process).status());
    }

    /** What it has written on standard error since its last start. */
    String log() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    /** Puts a file into the deploy folder as the documentation has it: under another name first. */
    void put(String name, byte[] content) throws IOException {
        Path part = deploy().resolve("." + name + ".part");
        Files.write(part, content);
        Files.move(part, deploy().resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void put(String name, String content) throws IOException {
        put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** What a command of the console prints, one that goes well. */
    String console(String command) throws IOException {
        Answer answer = ask(command);
        assertTrue(answer.isGood(), command + ": " + answer.text());
        return answer.text();
    }

    record Answer(boolean isGood, String text) {
    }

    Answer ask(String command) throws IOException {
        return send("!" + command);
    }

    /** What the last of the words may become, as the console completes it. */
    Set<String> complete(String... words) throws IOException {
        return Set.of(send("?" + String.join("\t", words)).text().strip().split("\\R"));
    }

    private Answer send(String line) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(data().resolve("console.sock")))) {
            request(channel, "/" + directory.toAbsolutePath().toString().substring(1));
            return request(channel, line);
        }
    }

    private static Answer request(SocketChannel channel, String line) throws IOException {
        channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        InputStream input = Channels.newInputStream(channel);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int next;
        while ((next = input.read()) > 1) {
            text.write(next);
        }
        return new Answer(next == 0, text.toString(StandardCharsets.UTF_8));
    }

    /** Waits until that is so. */
    void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, () -> "never: " + what + "; " + logForPeople());
            Thread.sleep(20);
        }
    }

    private String logForPeople() {
        try {
            return log() + console("jobs") + "\n" + console("lb -l");
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }
}
