package creek.core.internal.snapshot;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** The version of the engine's bundle. */
final class EngineVersion {
    static final String TEXT = text();

    private EngineVersion() {
    }

    private static String text() {
        Bundle bundle = FrameworkUtil.getBundle(EngineVersion.class);
        if (bundle != null) {
            return bundle.getVersion().toString();
        }
        // The classes of the command come from the class path.
        String version = EngineVersion.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
