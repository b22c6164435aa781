package creek.core.internal.swap;

import creek.core.connector.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Providers that one job does not take, because they could not take over or have failed on probation: until they go, or come anew. Holds nothing of their
 * bundles. For any thread.
 */
public final class Refusals {
    private record Refusal(BoundPart part, String reason) {
        /** For people. */
        String text() {
            return part + part.provider().map(provider -> " of " + provider).orElse("") + " can't take over: " + reason;
        }
    }

    /** By service id. */
    private final Map<Long, Refusal> refused = new ConcurrentHashMap<>();

    /** Does not take that part any more. */
    public void add(BoundPart part, String reason) {
        part.provider().ifPresent(provider -> refused.put(provider.service(), new Refusal(part.released(), reason)));
    }

    /** Says that a provider has gone. */
    public void forget(Provider provider) {
        refused.remove(provider.service());
    }

    /** Takes what a bundle provides again, since somebody asks for it. */
    public void forgetBundle(long bundle) {
        refused.values().removeIf(refusal -> refusal.part.provider().filter(provider -> provider.bundle() == bundle).isPresent());
    }

    /** Whether a provider is taken. */
    public boolean accept(Provider provider) {
        return !refused.containsKey(provider.service());
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
