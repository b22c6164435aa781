package creek.core.internal.swap;

import creek.core.connector.ConnectorRegistry;
import creek.core.connector.MissingServiceException;
import java.util.List;
import java.util.Optional;

/**
 * One place in a job that uses services of other bundles: a table with its connector and formats, or a function. The swap's thread asks, the job's thread
 * changes.
 */
public abstract class PartUse {
    private final String text;
    private volatile List<BoundPart> bound = List.of();
    /** Null if it does not wait. */
    private volatile WaitReason waitsFor;
    /** What is put back if the newcomer fails, while that is on probation. */
    private volatile List<BoundPart> former = List.of();

    /** @param text for people: {@code source 'readings'}; empty for a function */
    protected PartUse(String text) {
        this.text = text;
    }

    public final String text() {
        return text;
    }

    /** What it uses now, or used last if it waits. */
    public final List<BoundPart> bound() {
        return bound;
    }

    /** Whether it has let go of what it used, so that the job waits. */
    public final boolean isWaiting() {
        return waitsFor != null;
    }

    /** Why it waits; null if it does not. */
    public final WaitReason waitsFor() {
        return waitsFor;
    }

    /** Says why it waits, now that it does. */
    final void setReason(WaitReason reason) {
        waitsFor = reason;
    }

    /** Whether something new is on probation here. */
    public final boolean isOnProbation() {
        return !former.isEmpty();
    }

    /** Whether anything of that service is still reachable from here. */
    public final boolean holds(Object service) {
        return bound.stream().anyMatch(part -> part.service() == service) || former.stream().anyMatch(part -> part.service() == service);
    }

    /** Says what it uses from now on. */
    protected final void setBound(List<BoundPart> parts) {
        bound = parts;
        waitsFor = null;
    }

    /** Says that it uses nothing any more. */
    protected final void setWaiting(WaitReason reason) {
        bound = bound.stream().map(BoundPart::released).toList();
        waitsFor = reason;
    }

    /** Says what would be put back. */
    void setFormer(List<BoundPart> parts) {
        former = parts;
    }

    /** Of a source: where reading stood last, as far as that is known. From any thread. */
    public Optional<String> location() {
        return Optional.empty();
    }

    /** What the registry gives now under the name of something that it uses. */
    protected abstract Optional<?> service(BoundPart part, ConnectorRegistry registry);

    /** Of what it uses, what is not there. */
    final List<BoundPart> missing(ConnectorRegistry registry) {
        return bound.stream().filter(part -> service(part, registry).isEmpty()).toList();
    }

    /** What the registry gives now for all that it uses; to be asked if nothing is missing. */
    final List<BoundPart> given(ConnectorRegistry registry) {
        return bound.stream().map(part -> {
            Object service = service(part, registry).orElseThrow(() -> new MissingServiceException(part.kind().toString(), part + " is not there"));
            return new BoundPart(part.kind(), part.name(), service, registry.providerOf(service));
        }).toList();
    }

    /**
     * How to go over to what the registry gives now. Asks nobody yet.
     *
     * @throws Exception if that does not fit the job, whatever version of the bundle it is; the message says why
     */
    public abstract PartSwitch to(ConnectorRegistry registry) throws Exception;

    /**
     * How to let go of what it uses and wait.
     *
     * @param gone what is no longer there, of that which it uses
     */
    public abstract PartSwitch release(List<BoundPart> gone, WaitReason reason);
}
