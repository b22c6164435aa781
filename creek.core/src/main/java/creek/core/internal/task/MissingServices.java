package creek.core.internal.task;

import creek.core.connector.MissingServiceException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Collects all that is missing, so that a job says at once all that it waits for. */
final class MissingServices {
    private final Set<String> messages = new LinkedHashSet<>();
    private MissingServiceException first;

    /** Does something for which a service may be missing. */
    void run(Runnable action) {
        try {
            action.run();
        } catch (MissingServiceException e) {
            first = first == null ? e : first;
            messages.add(e.getMessage());
        }
    }

    /** @throws MissingServiceException if any was missing */
    void check() {
        if (messages.size() > 1) {
            throw new MissingServiceException(first.key(), String.join("; ", messages));
        } else if (first != null) {
            throw first;
        }
    }
}
