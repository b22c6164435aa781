/**
 * The contract for functions that vendors ship: plain Java classes with an {@code eval} method, as Flink's users know them.
 *
 * <p>Vendors implement what is here; the engine calls it on the thread of the job that uses the function. Nothing that depends
 * on the engine belongs here.
 */
@Export
@Version("0.2.0")
package creek.udf.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
