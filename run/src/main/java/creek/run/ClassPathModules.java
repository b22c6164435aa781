package creek.run;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleException;
import org.osgi.framework.connect.ConnectContent;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;

/**
 * Connects bundles to the framework with their classes taken from the class path. The virtual machine's archive of
 * shared classes covers the class path, but no class loader of a framework; hence the detour.
 */
final class ClassPathModules implements ModuleConnector {
    private static final String SCHEME = "connect:";

    /** Where a bundle's content is found, by the bundle's name. */
    interface Contents {
        ConnectContent of(String bundle) throws IOException, BundleException;
    }

    private final Contents contents;

    ClassPathModules(Contents contents) {
        this.contents = contents;
    }

    static String location(String name) {
        return SCHEME + name;
    }

    @Override
    public void initialize(File storage, Map<String, String> configuration) {
        // nothing is kept
    }

    @Override
    public Optional<ConnectModule> connect(String location) throws BundleException {
        if (!location.startsWith(SCHEME)) {
            return Optional.empty();
        }
        try {
            ConnectContent content = contents.of(location.substring(SCHEME.length()));
            return Optional.of(() -> content);
        } catch (IOException e) {
            throw new BundleException("can't read " + location, BundleException.READ_ERROR, e);
        }
    }

    @Override
    public Optional<BundleActivator> newBundleActivator() {
        return Optional.empty();
    }
}
