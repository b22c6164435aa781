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
        return bundle == null ? "outside of a framework" : bundle.getVersion().toString();
    }
}
