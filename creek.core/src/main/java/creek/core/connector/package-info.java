/**
 * The contract between the engine and the outside: connectors, the readers and writers they make.
 * 
 * <p>Connector bundles implement it as services with the property {@code creek.connector}; the engine calls it, on the job's thread
 * only. No type of a client library belongs here.
 */
@Export
@Version("0.3.0")
package creek.core.connector;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
