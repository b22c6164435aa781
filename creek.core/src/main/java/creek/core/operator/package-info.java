/**
 * What generated code implements (calc, key selection, accumulators, watermarks) and the operators that the engine offers to
 * it.
 * 
 * <p>Everything here runs on the job's thread. Job bundles import this package; connectors do not.
 */
@Export
@Version("0.2.0")
package creek.core.operator;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
