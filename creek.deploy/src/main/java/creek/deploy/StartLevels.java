package creek.deploy;

import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** Whether the platform has come up, and which bundles come up with it. */
final class StartLevels {
    private final Bundle framework;

    StartLevels(Bundle framework) {
        this.framework = framework;
    }

    /** Whether what is installed runs as soon as it is started. */
    boolean isUp() {
        return framework.getState() == Bundle.ACTIVE && framework.adapt(FrameworkStartLevel.class).getStartLevel() >= usual();
    }

    private int usual() {
        return framework.adapt(FrameworkStartLevel.class).getInitialBundleStartLevel();
    }

    /** Has a bundle start later than others, or no longer. A crash leaves it so, and the next start of the platform decides again. */
    void hold(Bundle bundle, boolean isHeld) {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        if (isHeld != level.getStartLevel() > usual()) {
            level.setStartLevel(isHeld ? usual() + 1 : usual());
        }
    }

    /** Whether a bundle was to be started and could not be. */
    static boolean isToRun(Bundle bundle) {
        return bundle != null && (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0
                && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }
}
