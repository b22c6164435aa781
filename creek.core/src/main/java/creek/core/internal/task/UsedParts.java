package creek.core.internal.task;

import creek.core.internal.swap.BoundPart;
import creek.core.internal.swap.ParallelUse;
import creek.core.internal.swap.PartUse;
import creek.core.internal.swap.WaitReason;
import creek.core.job.JobPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** The places in a job that use services of other bundles, in all its subtasks. For any thread. */
final class UsedParts {
    private static final long LOCATION_MILLIS = 200;

    private final List<List<PartUse>> bySubtask;
    private final List<PartUse> all;
    private volatile CompletableFuture<Void> locationsNoted;

    /** @param bySubtask those of each subtask, in the same order */
    UsedParts(List<List<PartUse>> bySubtask) {
        this.bySubtask = bySubtask;
        List<PartUse> first = bySubtask.get(0);
        all = bySubtask.size() == 1 ? first : IntStream.range(0, first.size())
                .<PartUse>mapToObj(i -> new ParallelUse(bySubtask.stream().map(uses -> uses.get(i)).toList())).toList();
    }

    /** Each place once, whatever number of subtasks there are. */
    List<PartUse> all() {
        return all;
    }

    /** Has sources take down where reading stands, as soon as they can. Returns when they have, or soon. */
    void noteLocations(List<TaskMailbox> mailboxes) {
        CompletableFuture<Void> noted = locationsNoted;
        // who asks again before there was an answer waits for the same one: where it takes long to find out, the loop would do nothing else
        if (noted == null || noted.isDone()) {
            List<CompletableFuture<Void>> calls = new ArrayList<>();
            for (int i = 0; i < mailboxes.size(); i++) {
                List<PartUse> uses = bySubtask.get(i);
                calls.add(mailboxes.get(i).call(() -> {
                    for (PartUse use : uses) {
                        if (use instanceof SourceUse source) {
                            source.noteLocation();
                        }
                    }
                    return null;
                }));
            }
            noted = CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new));
            locationsNoted = noted;
        }
        try {
            noted.get(LOCATION_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            // what was taken down before is shown
        }
    }

    /** Why the job waits; empty if it does not. */
    Optional<String> waitsFor() {
        List<String> reasons = all.stream().map(PartUse::waitsFor).filter(Objects::nonNull).map(WaitReason::text).distinct().toList();
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }

    /** The connector of a source that could not go on from where the job was, if that was the failure. */
    Optional<BoundPart> incompatible(Throwable failure) {
        return TaskException.find(failure, IncompatiblePartException.class).flatMap(found -> bySubtask.stream().flatMap(List::stream)
                .filter(use -> use instanceof SourceUse source && source.driver() == found.source())
                .flatMap(use -> use.bound().stream()).filter(part -> part.kind() == JobPart.Kind.CONNECTOR).findFirst());
    }
}
