package creek.core.job;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Makes job bundles from SQL scripts. A service of platforms that have the planner; callable from any thread. */
@ProviderType
public interface ScriptCompiler {
    /**
     * Compiles a script into one job, with all its INSERTs.
     *
     * @param script  the statements
     * @param jobName the name of the job, unless the script sets {@code pipeline.name}
     * @param folder  what relative paths of jars with functions are relative to
     * @return the job's bundle; the same bytes for the same script and versions
     * @throws ScriptException if there is something wrong with the script, a connector that is not there included
     */
    byte[] compile(String script, String jobName, Path folder) throws ScriptException;
}
