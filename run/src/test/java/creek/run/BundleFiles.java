package creek.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;

/** Makes bundles for tests. */
final class BundleFiles {
    private BundleFiles() {
    }

    /** A bundle with nothing in it but an entry that makes it large enough to be cut. */
    static byte[] plain(String name, String version) throws IOException {
        Manifest manifest = manifest(name, version);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new JarEntry("content"));
            jar.write((name + " " + version + " ").repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** One that needs a package of another one. */
    static byte[] importing(String name, String packageName) throws IOException {
        Manifest manifest = manifest(name, "1.0.0");
        manifest.getMainAttributes().putValue("Import-Package", packageName);
        return empty(manifest);
    }

    static byte[] exporting(String name, String packageName) throws IOException {
        Manifest manifest = manifest(name, "1.0.0");
        manifest.getMainAttributes().putValue("Export-Package", packageName);
        return empty(manifest);
    }

    /** One whose activator, compiled from source, never comes back from its start. */
    static byte[] hanging(String name, Path folder) throws IOException {
        Path source = Files.writeString(Files.createDirectories(folder).resolve("Hanging.java"), """
                public class Hanging implements org.osgi.framework.BundleActivator {
                    public void start(org.osgi.framework.BundleContext context) throws Exception {
                        new java.util.concurrent.CountDownLatch(1).await();
                    }
                    public void stop(org.osgi.framework.BundleContext context) {
                    }
                }
                """);
        Path framework = Path.of("target/creek/lib/org.apache.felix.framework.jar");
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", framework.toString(), source.toString()) != 0) {
            throw new IOException("not compiled: " + source);
        }
        Manifest manifest = manifest(name, "1.0.0");
        manifest.getMainAttributes().putValue("Bundle-Activator", "Hanging");
        manifest.getMainAttributes().putValue("Import-Package", "org.osgi.framework");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new JarEntry("Hanging.class"));
            jar.write(Files.readAllBytes(folder.resolve("Hanging.class")));
        }
        return bytes.toByteArray();
    }

    private static byte[] empty(Manifest manifest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        return bytes.toByteArray();
    }

    private static Manifest manifest(String name, String version) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        return manifest;
    }

    /** A copy of a bundle of the distribution under another name and version, with its components' descriptions changed. */
    static byte[] copy(String bundle, String name, String version, UnaryOperator<String> components) throws IOException {
        byte[] original = Files.readAllBytes(Path.of("target/creek/bundles").resolve(bundle + ".jar"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarInputStream from = new JarInputStream(new ByteArrayInputStream(original))) {
            Manifest manifest = from.getManifest();
            manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (JarOutputStream to = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = from.getNextJarEntry(); entry != null; entry = from.getNextJarEntry()) {
                    byte[] content = from.readAllBytes();
                    to.putNextEntry(new JarEntry(entry.getName()));
                    to.write(!entry.getName().endsWith(".xml") ? content
                            : components.apply(new String(content, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return bytes.toByteArray();
    }
}
