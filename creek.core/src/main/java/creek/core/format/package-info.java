/**
 * The contract for formats: bytes to rows and rows to bytes.
 * 
 * <p>Format bundles implement it as services with the property {@code creek.format}; {@code json}, {@code csv}, {@code raw} and
 * those of change logs come with the engine. Connectors never see rows' columns and formats never see where bytes come from.
 */
@Export
@Version("0.2.0")
package creek.core.format;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
