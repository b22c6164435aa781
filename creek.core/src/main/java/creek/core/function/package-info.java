/**
 * The run-time library of SQL functions and casts: static methods that generated code calls, one class a family.
 * 
 * <p>Arguments and results are the internal forms that {@link creek.core.data.DataType} lists. Methods keep no state and do not take
 * nulls unless they say so: generated code checks for null first.
 */
@Export
@Version("0.2.0")
package creek.core.function;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
