package creek.core.internal.job;

import creek.core.internal.swap.BoundPart;
import creek.core.job.SwapEvent;
import creek.core.job.SwapEvent.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * A job is started again to use another state backend.
 *
 * @param since when it was told so, by {@link System#nanoTime}
 */
record BackendChange(String job, BoundPart from, BoundPart to, long since) {
    BackendChange(String job, BoundPart from, BoundPart to) {
        this(job, from, to, System.nanoTime());
    }

    SwapEvent succeeded() {
        return event(Outcome.SWITCHED, Optional.empty());
    }

    SwapEvent failed(String reason) {
        return event(Outcome.ROLLED_BACK, Optional.of(reason));
    }

    private SwapEvent event(Outcome outcome, Optional<String> reason) {
        return new SwapEvent(Instant.now(), job, to.kind(), to.name(), "", from.provider(), to.provider(), Optional.empty(), System.nanoTime() - since,
                outcome, reason);
    }
}
