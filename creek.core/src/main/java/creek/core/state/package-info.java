/**
 * The contract for state backends: an ordered store of bytes with one atomic commit a checkpoint.
 *
 * <p>Backend bundles implement it as services with the property {@code creek.state}; the engine calls it. A backend knows bytes and nothing of
 * SQL, rows or operators: the engine serializes, caches and evicts.
 */
@Export
@Version("0.3.0")
package creek.core.state;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
