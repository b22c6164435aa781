package creek.sql.internal;

import creek.core.connector.ConnectorRegistry;
import creek.sql.SqlPlanner;
import creek.sql.SqlSession;
import creek.sql.internal.statement.Session;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The planner as a service. */
@Component
public final class Planner implements SqlPlanner {
    private final ConnectorRegistry registry;

    @Activate
    public Planner(@Reference ConnectorRegistry registry) {
        this.registry = registry;
    }

    @Override
    public SqlSession openSession() {
        return openSession(Path.of(""));
    }

    @Override
    public SqlSession openSession(Path directory) {
        return new Session(registry, directory);
    }
}
