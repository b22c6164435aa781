/**
 * What a job is made of ({@link creek.core.job.JobDefinition}, {@link creek.core.job.Topology}) and how it is managed
 * ({@link creek.core.job.JobManager}, {@link creek.core.job.JobStatus}).
 * {@link creek.core.job.ScriptCompiler} makes one from SQL.
 * 
 * <p>Job bundles implement {@code JobDefinition}; the engine provides the rest.
 */
@Export
@Version("0.3.0")
package creek.core.job;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
