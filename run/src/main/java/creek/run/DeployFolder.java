package creek.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The folder whose bundles belong to the platform: at start, what came is installed, what changed updated, what went uninstalled. */
final class DeployFolder {
    private static final System.Logger LOG = System.getLogger(DeployFolder.class.getName());

    private final BundleContext context;
    private final Path folder;

    DeployFolder(BundleContext context, Path folder) {
        this.context = context;
        this.folder = folder;
    }

    /** A bundle that is bad is reported and keeps nobody else from starting. */
    void reconcile() throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.getFileName().toString().endsWith(".jar")).sorted().toList();
        }
        for (Bundle bundle : context.getBundles()) {
            String location = bundle.getLocation();
            if (location.startsWith(folder.toUri().toString()) && jars.stream().noneMatch(jar -> location(jar).equals(location))) {
                attempt("uninstall", location, bundle::uninstall);
            }
        }
        for (Path jar : jars) {
            attempt("install", jar.toString(), () -> install(jar).start());
        }
    }

    private Bundle install(Path jar) throws BundleException, IOException {
        Bundle known = context.getBundle(location(jar));
        try (InputStream content = Files.newInputStream(jar)) {
            if (known == null) {
                return context.installBundle(location(jar), content);
            }
            if (known.getLastModified() < jar.toFile().lastModified()) {
                known.update(content);
            }
            return known;
        }
    }

    private static String location(Path jar) {
        return jar.toUri().toString();
    }

    private interface Action {
        void run() throws BundleException, IOException;
    }

    private static void attempt(String what, String bundle, Action action) {
        try {
            action.run();
        } catch (BundleException | IOException e) {
            LOG.log(System.Logger.Level.WARNING, "can't " + what + " " + bundle + ": " + e.getMessage(), e);
        }
    }
}
