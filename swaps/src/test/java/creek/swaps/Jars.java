package creek.swaps;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Bundles made on the fly: other versions of the distribution's, bad ones among them, and bundles of functions. */
final class Jars {
    static final String FILE = "creek.connector.file";
    static final String XODUS = "creek.state.xodus";
    static final String FUNCTIONS = "acme.functions";
    /** What SCALE does: slow if the test wants that, so that there is time for swaps. */
    static final String SCALE = "public Long eval(Long v) throws Exception { pace(); return 3 * v + 1; }";

    private static final Path BUNDLES = Path.of("../run/target/creek/bundles").toAbsolutePath().normalize();
    private static final String PACE = """
             private int calls; private int batch = 64;
            private void pace() throws Exception {
                if (++calls >= batch) { calls = 0; batch = Integer.getInteger("swaps.pace", 1 << 20); if (batch < 1 << 20) { Thread.sleep(1); } }
            }
            """;
    private static final String COMPONENT = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s"><implementation class="%1$s"/>
            <service><provide interface="%2$s"/></service><property name="%3$s" value="%4$s"/></scr:component>""";

    /** Compiled classes by their source: the same are wanted in many versions. */
    private static final Map<String, Map<String, byte[]>> COMPILED = new HashMap<>();

    private Jars() {
    }

    static Path distributed(String bundle) {
        return BUNDLES.resolve(bundle + ".jar");
    }

    /** A bundle of the distribution in another version; {@link #FUNCTIONS} in that version. */
    static byte[] version(String bundle, String version) throws IOException {
        return bundle.equals(FUNCTIONS) ? functions(version, SCALE) : changed(bundle, Map.of("Bundle-Version", version), Map.of());
    }

    /** A bundle of the distribution with other headers, and with more entries or others. */
    static byte[] changed(String bundle, Map<String, String> headers, Map<String, byte[]> entries) throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        Manifest manifest;
        try (JarFile jar = new JarFile(distributed(bundle).toFile())) {
            manifest = new Manifest(jar.getManifest());
            for (Enumeration<JarEntry> each = jar.entries(); each.hasMoreElements();) {
                JarEntry entry = each.nextElement();
                if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    try (InputStream content = jar.getInputStream(entry)) {
                        all.put(entry.getName(), content.readAllBytes());
                    }
                }
            }
        }
        headers.forEach(manifest.getMainAttributes()::putValue);
        all.putAll(entries);
        return jar(manifest, all);
    }

    /** A bundle with the function SCALE of that body. */
    static byte[] functions(String version, String body) throws IOException {
        return functions(version, "ScalarFunction", body);
    }

    /** A bundle with the function SCALE of that kind and body. */
    static byte[] functions(String version, String kind, String body) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", FUNCTIONS);
        headers.putValue("Bundle-Version", version);
        headers.putValue("Import-Package", "creek.udf.api");
        headers.putValue("Service-Component", "OSGI-INF/scale.xml");
        Map<String, byte[]> entries = new LinkedHashMap<>(compiled("Scale",
                "package acme; public class Scale extends creek.udf.api." + kind + " {" + PACE + body + "}"));
        entries.put("OSGI-INF/scale.xml", component("acme.Scale", "creek.udf.api.UserDefinedFunction", "creek.function", "SCALE"));
        return jar(manifest, entries);
    }

    static byte[] component(String type, String service, String key, String name) {
        return COMPONENT.formatted(type, service, key, name).getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes of classes of this test's own, nested ones included, as entries. */
    static Map<String, byte[]> own(Class<?>... types) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (Class<?> type : types) {
            String path = type.getName().replace('.', '/') + ".class";
            try (InputStream content = type.getResourceAsStream("/" + path)) {
                entries.put(path, content.readAllBytes());
            }
            entries.putAll(own(type.getDeclaredClasses()));
        }
        return entries;
    }

    private static synchronized Map<String, byte[]> compiled(String name, String source) throws IOException {
        Map<String, byte[]> known = COMPILED.get(source);
        if (known == null) {
            known = compile(name, source);
            COMPILED.put(source, known);
        }
        return known;
    }

    private static Map<String, byte[]> compile(String name, String source) throws IOException {
        Path folder = Files.createTempDirectory("swaps");
        try {
            Path file = Files.writeString(folder.resolve(name + ".java"), source);
            String path = distributed("creek.udf.api") + File.pathSeparator + System.getProperty("java.class.path");
            if (ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d", folder.toString(), "-cp", path, file.toString()) != 0) {
                throw new IOException("not compiled: " + source);
            }
            Map<String, byte[]> classes = new LinkedHashMap<>();
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(each -> each.toString().endsWith(".class")).forEach(each -> {
                    try {
                        classes.put(folder.relativize(each).toString().replace(File.separatorChar, '/'), Files.readAllBytes(each));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
            return classes;
        } finally {
            Readings.delete(folder);
        }
    }

    private static byte[] jar(Manifest manifest, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.setLevel(1);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
