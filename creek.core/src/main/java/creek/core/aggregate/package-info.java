/**
 * What accumulators keep where a number does not do: collected, counted and distinct values. Fields of the accumulators that the planner
 * generates ({@link creek.core.operator.Accumulator}).
 *
 * <p>Everything here runs on the job's thread. Job bundles import this package; connectors do not.
 */
@Export
@Version("0.2.0")
package creek.core.aggregate;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
