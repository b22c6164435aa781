package creek.connector.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** One broker for all tests that do not need one of their own, since starting one takes seconds; it ends with the last of them. */
final class SharedBroker implements BeforeAllCallback {
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static KafkaBroker broker;

    /** Closed by JUnit, with its store. */
    private record Running(Path folder) implements CloseableResource {
        static Running start() {
            try {
                Path folder = Files.createTempDirectory("creek-kafka");
                broker = new KafkaBroker(folder, Map.of());
                return new Running(folder);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws Exception {
            broker.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(Namespace.create(SharedBroker.class)).getOrComputeIfAbsent(Running.class, key -> Running.start());
    }

    static KafkaBroker broker() {
        return broker;
    }

    /** A topic that no other test has. */
    static String topic(int partitions) throws Exception {
        String name = "topic-" + TOPICS.incrementAndGet();
        broker.createTopic(name, partitions);
        return name;
    }
}
