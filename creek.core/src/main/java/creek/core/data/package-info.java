/**
 * SQL types under Flink's names, schemas, and the row that everything passes on.
 * 
 * <p>The engine provides these classes; connectors, formats and generated code call them. They know nothing of operators or jobs.
 */
@Export
@Version("0.2.0")
package creek.core.data;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
