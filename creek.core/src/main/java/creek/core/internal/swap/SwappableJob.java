package creek.core.internal.swap;

import creek.core.connector.ConnectorRegistry;
import creek.core.job.SwapEvent;
import java.util.Optional;

/** A job as whoever switches its parts sees it. For any thread. */
public interface SwappableJob {
    String name();

    /** What is there for this job: without what it {@linkplain #refusals refuses}. */
    ConnectorRegistry registry();

    Refusals refusals();

    /** Its run; empty while it waits to begin, or has ended. */
    Optional<RunningJob> running();

    /** Is told what has happened. */
    void happened(SwapEvent event);

    /** Another state backend is to be used from the next start on, which follows. */
    void changesBackend(BoundPart from, BoundPart to);

    /** Has a job that waits to begin look again for what it needs. */
    void servicesChanged();
}
