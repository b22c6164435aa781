package creek.core.internal.swap;

import creek.core.connector.Provider;
import creek.core.job.JobPart;
import java.util.Optional;

/**
 * A service that a job uses.
 *
 * @param name     the connector's, format's, function's or backend's
 * @param service  the service, or the function's class; null once the job has let go of it
 * @param provider who provides it, as known when it was found
 */
public record BoundPart(JobPart.Kind kind, String name, Object service, Optional<Provider> provider) {
    /** The same, with nothing of the provider's bundle. */
    BoundPart released() {
        return new BoundPart(kind, name, null, provider);
    }

    boolean isOfSameName(BoundPart other) {
        return kind == other.kind && name.equals(other.name);
    }

    /** Whether it is of the same name and from the same provider. */
    boolean isSame(BoundPart other) {
        return isOfSameName(other) && (provider.isPresent() ? provider.equals(other.provider) : service != null && service == other.service);
    }

    @Override
    public String toString() {
        return kind + " '" + name + "'";
    }
}
