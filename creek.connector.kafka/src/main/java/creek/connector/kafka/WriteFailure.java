package creek.connector.kafka;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** What went wrong first while a topic was written. Shared by the job's thread, the client's and those that connect. */
final class WriteFailure {
    private final List<String> topics;
    private final Problems problems;
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    WriteFailure(List<String> topics, Map<String, Object> properties) {
        this.topics = topics;
        problems = new Problems(properties);
    }

    void set(Throwable problem) {
        failure.compareAndSet(null, problems.explain("can't write to topic '" + String.join("' or '", topics) + "'", problem));
    }

    boolean isSet() {
        return failure.get() != null;
    }

    void check() throws IOException {
        IOException problem = failure.get();
        if (problem != null) {
            throw problem;
        }
    }
}
