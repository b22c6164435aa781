package creek.core.internal.task;

import creek.core.connector.ConnectorRegistry;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What a task gets from the platform.
 *
 * @param job              the job's name
 * @param registry         where connectors and formats are found
 * @param workingDirectory what relative paths are relative to, unless the job sets its own
 * @param folder           the job's own folder, for its state and for what its tables keep; made when it is needed
 * @param clock            the time
 */
public record TaskEnvironment(String job, ConnectorRegistry registry, Path workingDirectory, Path folder, Clock clock) {
}
