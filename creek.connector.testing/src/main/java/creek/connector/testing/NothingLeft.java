package creek.connector.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves threads, and a class of tests that leaves files or sockets open (these where the system tells what is open). What is about
 * to end gets a minute for it.
 */
public final class NothingLeft implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(NothingLeft.class);
    private static final Path HANDLES = Path.of("/proc/self/fd");
    private static final int ATTEMPTS = 1200;
    private static final long PAUSE_MILLIS = 50;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        openFirst();
        context.getStore(STORE).put("handles", handles());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(STORE).put("threads", Thread.getAllStackTraces().keySet());
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        Set<?> before = context.getStore(STORE).get("threads", Set.class);
        assertEquals(Set.of(), remaining(() -> Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && !isShared(thread)).map(Thread::getName).collect(Collectors.toSet())),
                "threads are left");
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        Set<?> before = context.getStore(STORE).get("handles", Set.class);
        assertEquals(Set.of(), remaining(() -> {
            Set<String> now = handles();
            now.removeAll(before);
            return now;
        }), "files or sockets are left open");
    }

    /** Of the first file and the first socket the JDK keeps one handle for good. */
    private static void openFirst() throws IOException {
        SocketChannel.open().close();
        Path file = Files.createTempFile("first", null);
        FileChannel.open(file).close();
        Files.delete(file);
    }

    private static Set<String> remaining(Supplier<Set<String>> look) throws InterruptedException {
        Set<String> left = look.get();
        for (int i = 0; i < ATTEMPTS && !left.isEmpty(); i++) {
            Thread.sleep(PAUSE_MILLIS);
            left = look.get();
        }
        return left;
    }

    /** Threads that the JDK, or JUnit, starts at first use and shares between all who use it. */
    private static boolean isShared(Thread thread) {
        return thread.getThreadGroup() == null || thread.getThreadGroup().getName().matches("system|InnocuousThreadGroup")
                || thread.getName().equals("process reaper") || thread.getName().equals("junit-jupiter-timeout-watcher")
                || thread.getName().startsWith("ForkJoinPool.commonPool-");
    }

    /** What is open but for what the virtual machine opens by itself. */
    private static Set<String> handles() {
        Set<String> open = new TreeSet<>();
        if (Files.isDirectory(HANDLES)) {
            try (Stream<Path> all = Files.list(HANDLES)) {
                for (Path handle : new HashSet<>(all.toList())) {
                    target(handle, open);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        open.removeIf(name -> !name.startsWith("/") && !name.startsWith("socket:") || name.matches("/(dev|proc|sys)/.*|.*\\.(jar|so|jsa)|.*/modules"));
        return open;
    }

    private static void target(Path handle, Set<String> open) {
        try {
            open.add(Files.readSymbolicLink(handle).toString());
        } catch (IOException e) {
            // closed in the meantime, as the list's own
        }
    }
}
