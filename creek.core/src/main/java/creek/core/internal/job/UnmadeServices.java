package creek.core.internal.job;

import creek.core.connector.Connector;
import creek.core.format.Format;
import creek.core.internal.registry.LiveConnectorRegistry;
import creek.core.internal.swap.BoundPart;
import creek.core.job.JobPart;
import creek.core.state.StateBackend;
import creek.udf.api.UserDefinedFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Says which services a job could use if their components could be made: a constructor throws, say, which Declarative Services only log. */
final class UnmadeServices {
    private final BundleContext context;
    private final LiveConnectorRegistry registry;

    UnmadeServices(BundleContext context, LiveConnectorRegistry registry) {
        this.context = context;
        this.registry = registry;
    }

    /** A line for each service of the name of one of the parts. */
    List<String> lines(Collection<JobPart> parts) {
        List<String> lines = new ArrayList<>();
        for (BoundPart part : parts.stream().map(each -> new BoundPart(each.kind(), each.name(), null, Optional.empty())).distinct().toList()) {
            for (ServiceReference<?> reference : announced(part)) {
                Bundle bundle = reference.getBundle();
                if (!registry.has(reference) && bundle != null) {
                    lines.add(part + " of " + bundle.getSymbolicName() + " " + bundle.getVersion() + " [" + bundle.getBundleId()
                            + "] can't be used: its component can't be made; the log of Declarative Services says why");
                }
            }
        }
        return lines;
    }

    private List<ServiceReference<?>> announced(BoundPart part) {
        return switch (part.kind()) {
            case CONNECTOR -> announced(Connector.class, Connector.NAME, part.name());
            case FORMAT -> announced(Format.class, Format.NAME, part.name());
            case FUNCTION -> announced(UserDefinedFunction.class, UserDefinedFunction.NAME, part.name());
            case BACKEND -> announced(StateBackend.class, StateBackend.NAME, part.name());
        };
    }

    private List<ServiceReference<?>> announced(Class<?> type, String property, String name) {
        try {
            ServiceReference<?>[] found = context.getServiceReferences(type.getName(), "(" + property + "=*)");
            return found == null ? List.of() : List.<ServiceReference<?>>of(found).stream().filter(
                    reference -> name.equalsIgnoreCase(String.valueOf(reference.getProperty(property)))).toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
