package creek.sql.internal.physical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which steps of a job give {@code -U} rows: those that have a consumer which needs them. Steps that only pass rows on give what they get.
 *
 * <p>A step that can do without, at the price of needing a unique key, says so; if what it reads has {@code -U} rows for the sake of another
 * consumer, it takes its other way, in which it needs them.
 */
final class UpdateBefores {
    /** All steps by digest, consumers before what they consume. */
    private final Map<String, PhysicalNode> steps = new LinkedHashMap<>();
    private final Set<String> needed = new HashSet<>();
    private final Set<String> given = new HashSet<>();
    private final Set<String> keyed = new HashSet<>();

    UpdateBefores(List<? extends PhysicalNode> sinks) {
        List<PhysicalNode> ordered = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        sinks.forEach(sink -> collect(sink, seen, ordered));
        for (int i = ordered.size() - 1; i >= 0; i--) {
            steps.put(ordered.get(i).digest(), ordered.get(i));
        }
        steps.values().stream().filter(PhysicalNode::canUpdateByKey).forEach(step -> keyed.add(step.digest()));
        infer();
        while (keyed.removeIf(digest -> given.contains(steps.get(digest).input().digest()))) {
            infer();
        }
    }

    private static void collect(PhysicalNode step, Set<String> seen, List<PhysicalNode> ordered) {
        if (seen.add(step.digest())) {
            step.inputs().forEach(input -> collect(input, seen, ordered));
            ordered.add(step);
        }
    }

    private void infer() {
        needed.clear();
        given.clear();
        steps.forEach((digest, step) -> {
            boolean own = needed.contains(digest);
            for (int i = 0; i < step.inputs().size() && !keyed.contains(digest); i++) {
                PhysicalNode input = step.inputs().get(i);
                if (input.changes().updates() && step.needsUpdateBefore(i, own)) {
                    needed.add(input.digest());
                }
            }
        });
        List<PhysicalNode> producersFirst = new ArrayList<>(steps.values());
        java.util.Collections.reverse(producersFirst);
        for (PhysicalNode step : producersFirst) {
            if (step.changes().updates() && step.givesUpdateBefore(needed.contains(step.digest()), step.inputs().stream().anyMatch(this::isGiven))) {
                given.add(step.digest());
            }
        }
    }

    /** Whether {@code -U} rows come out of the step. */
    boolean isGiven(PhysicalNode step) {
        return given.contains(step.digest());
    }

    /** Whether the step, which {@linkplain PhysicalNode#canUpdateByKey can}, tells by a key which row an update is of. */
    boolean isKeyed(PhysicalNode step) {
        return keyed.contains(step.digest());
    }

    /** Whether rows that take others back come out of the step. */
    boolean takesBack(PhysicalNode step) {
        return isGiven(step) || step.changes().deletes();
    }
}
