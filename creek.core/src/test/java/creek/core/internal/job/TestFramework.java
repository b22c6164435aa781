package creek.core.internal.job;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/**
 * A Felix with Declarative Services and the engine's bundle as it is shipped. All see the engine's public packages of the test's class path,
 * so that the test can talk to the services in them.
 */
final class TestFramework implements AutoCloseable {
    private static final String ENGINE = "creek.core.jar";

    private final Framework framework;

    TestFramework(Path cache) throws BundleException, IOException {
        framework = new FrameworkFactory().newFramework(Map.of(
                Constants.FRAMEWORK_STORAGE, cache.toString(),
                "creek.jobs.folder", cache.resolve("jobs").toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                Constants.FRAMEWORK_BOOTDELEGATION, publicPackages(),
                Constants.FRAMEWORK_BUNDLE_PARENT, Constants.FRAMEWORK_BUNDLE_PARENT_APP));
        framework.start();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (path.matches(".*(org\\.osgi\\.util\\.(function|promise)|org\\.osgi\\.service\\.component|felix\\.scr|creek\\.udf\\.api)-[\\d.]+jar")) {
                context().installBundle(Path.of(path).toUri().toString());
            }
        }
        context().installBundle(Path.of(System.getProperty(ENGINE)).toUri().toString());
        for (Bundle bundle : context().getBundles()) {
            bundle.start();
        }
    }

    /** The engine's bundle. */
    Bundle engine() {
        return context().getBundle(Path.of(System.getProperty(ENGINE)).toUri().toString());
    }

    private static String publicPackages() throws IOException {
        try (JarFile engine = new JarFile(System.getProperty(ENGINE))) {
            String exports = engine.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
            return exports.replaceAll(";[^,\"]*\"[^\"]*\"", "");
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Installs a job bundle of one class, not started. */
    Bundle installJob(String name, Class<?> definition) throws IOException, BundleException {
        return context().installBundle("test:" + name, jobContent(name, "creek.job." + name, definition));
    }

    InputStream jobContent(String name, String symbolicName, Class<?> definition) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        headers.putValue(Constants.IMPORT_PACKAGE, "creek.core.data,creek.core.job,creek.core.operator");
        headers.putValue("Creek-Job", name);
        headers.putValue("Creek-Job-Definition", definition.getName());
        String file = definition.getName().replace('.', '/') + ".class";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest); InputStream content = definition.getResourceAsStream("/" + file)) {
            jar.putNextEntry(new ZipEntry(file));
            content.transferTo(jar);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    @Override
    public void close() throws Exception {
        framework.stop();
        framework.waitForStop(60_000);
    }
}
