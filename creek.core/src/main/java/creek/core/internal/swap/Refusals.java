package creek.core.internal.swap;

import creek.core.connector.Provider;
import creek.core.job.JobPart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;

/**
 * Providers that one job does not take, because they could not take over or have failed on probation: until they go, or come anew. What was refused before a
 * restart of the platform still is, as long as the bundle is the same. Holds nothing of their bundles. For any thread.
 */
public final class Refusals {
    private record Refusal(BoundPart part, String reason) {
        /** For people. */
        String text() {
            return part + part.provider().map(provider -> " of " + provider).orElse("") + " can't take over: " + reason;
        }
    }

    /**
     * A refusal as it outlives the platform.
     *
     * @param bundle   id of the provider's
     * @param modified when that was changed last
     */
    public record Kept(JobPart.Kind kind, String name, long bundle, long modified, String reason) {
    }

    /** By service id. */
    private final Map<Long, Refusal> refused = new ConcurrentHashMap<>();
    /** Those of before a restart whose providers have not come yet. */
    private final List<Kept> earlier;
    private final ToLongFunction<Provider> modified;
    private final Runnable changed;

    /** None so far, and none is kept. */
    public Refusals() {
        this(List.of(), provider -> 0, () -> {
        });
    }

    /**
     * @param earlier  those of before a restart
     * @param modified when a provider's bundle was changed last
     * @param changed  called when {@link #kept} gives something else; must not block
     */
    public Refusals(Collection<Kept> earlier, ToLongFunction<Provider> modified, Runnable changed) {
        this.earlier = new CopyOnWriteArrayList<>(earlier);
        this.modified = modified;
        this.changed = changed;
    }

    /** Does not take that part any more. */
    public void add(BoundPart part, String reason) {
        part.provider().ifPresent(provider -> refused.put(provider.service(), new Refusal(part.released(), reason)));
        changed.run();
    }

    /** Says that a provider has gone. */
    public void forget(Provider provider) {
        if (refused.remove(provider.service()) != null) {
            changed.run();
        }
    }

    /** Takes what a bundle provides again, since somebody asks for it. */
    public void forgetBundle(long bundle) {
        if (refused.values().removeIf(refusal -> refusal.part.provider().filter(provider -> provider.bundle() == bundle).isPresent())) {
            changed.run();
        }
    }

    /** Whether a provider is taken. */
    public boolean accept(Provider provider) {
        for (Kept each : earlier) {
            if (each.bundle == provider.bundle() && each.modified == modified.applyAsLong(provider) && earlier.remove(each)) {
                refused.put(provider.service(), new Refusal(new BoundPart(each.kind, each.name, null, Optional.of(provider)), each.reason));
            }
        }
        return !refused.containsKey(provider.service());
    }

    /** All there are, as they can be handed to another one after a restart. */
    public List<Kept> kept() {
        List<Kept> all = new ArrayList<>(earlier);
        refused.values().forEach(refusal -> refusal.part.provider().ifPresent(provider -> all.add(
                new Kept(refusal.part.kind(), refusal.part.name(), provider.bundle(), modified.applyAsLong(provider), refusal.reason))));
        return all;
    }

    /** Why something of that kind and name is not taken, if there is such. */
    Optional<String> reason(BoundPart part) {
        return refused.values().stream().filter(refusal -> refusal.part.isOfSameName(part)).map(Refusal::text).findFirst();
    }

    /** All reasons, for people. */
    public List<String> reasons() {
        return refused.values().stream().map(Refusal::text).sorted().toList();
    }
}
