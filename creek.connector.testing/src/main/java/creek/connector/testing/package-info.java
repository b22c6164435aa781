/**
 * The tests that every connector passes, for vendors' connectors as for Creek's own: a connector's test extends {@link SourceContract},
 * {@link SinkContract} or both. They stand in for the engine, so that they run without one.
 *
 * <p>For tests only: nothing of a running platform needs this bundle.
 */
@Export
@Version("0.2.0")
package creek.connector.testing;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
