package creek.sql.internal;

import creek.core.job.ScriptCompiler;
import creek.core.job.ScriptException;
import creek.sql.CompiledJob;
import creek.sql.SqlException;
import creek.sql.SqlPlanner;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Compiles the scripts that are deployed to a platform. */
@Component
public final class PlannedScripts implements ScriptCompiler {
    private static final System.Logger LOG = System.getLogger("creek.core.job");

    private final SqlPlanner planner;

    @Activate
    public PlannedScripts(@Reference SqlPlanner planner) {
        this.planner = planner;
    }

    @Override
    public byte[] compile(String script, String jobName, Path folder) throws ScriptException {
        try {
            CompiledJob job = planner.openSession(folder).compile(script, jobName);
            job.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, "job {0}: {1}", job.name(), warning));
            return job.bundle();
        } catch (SqlException e) {
            throw new ScriptException(e.getMessage(), e.line(), e.column(), e);
        }
    }
}
