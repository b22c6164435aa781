/**
 * SQL text to job bundles: sessions that take statements, and the bundles that come out.
 *
 * <p>The planner provides it; commands and shells call it. Nothing of Calcite shows here.
 */
@Export
@Version("0.2.0")
package creek.sql;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
