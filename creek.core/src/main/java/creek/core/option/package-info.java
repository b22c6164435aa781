/**
 * Options as a connector or a format declares them: name, type, default, required, secret, one line of help. Checks, error
 * messages and the documentation all come from the declaration.
 * 
 * <p>Connectors and formats declare {@link creek.core.option.ConfigOption}s; the engine checks them and hands out
 * {@link creek.core.option.Options}.
 */
@Export
@Version("0.2.0")
package creek.core.option;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
