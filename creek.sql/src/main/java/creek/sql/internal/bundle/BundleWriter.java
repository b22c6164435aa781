package creek.sql.internal.bundle;

import creek.core.job.JobDefinition;
import creek.sql.internal.udf.UserFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/** Writes a job bundle: the same bytes for the same job. */
public final class BundleWriter {
    /** The versions of the engine's packages that a job made against this one runs on. */
    static final String ENGINE_VERSIONS = "[0.1,1)";
    /** The script that a job was made from, within its bundle. */
    static final String SCRIPT = "OSGI-INF/creek/job.sql";
    /** The generated source, within its bundle. */
    static final String SOURCE = "OSGI-OPT/src/";

    private static final String SYMBOLIC_NAME_PREFIX = "creek.job.";
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final Pattern ENGINE_PACKAGE = Pattern.compile("(creek/(?:core/[a-z]+|udf/api))/[A-Z]");

    private BundleWriter() {
    }

    /**
     * Compiles and packs a job.
     *
     * @param name        the job's name, of letters, digits, {@code -}, {@code _} and dots
     * @param className   the class of the definition
     * @param source      its source
     * @param script      the script that it comes from
     * @param plan        the job's plan, for people
     * @param connectors  the connectors that the job needs
     * @param formats     the formats that the job needs
     * @param backends    the state backends that the job names
     * @param functions   those made from classes that the job calls; jars that they come from become part of the bundle
     */
    public static byte[] write(String name, String className, String source, String script, String plan, Collection<String> connectors,
            Collection<String> formats, Collection<String> backends, Collection<UserFunction> functions) {
        List<ClassLoader> loaders = functions.stream().map(each -> each.type().getClassLoader()).distinct().toList();
        Map<String, byte[]> entries = new TreeMap<>(JavaCompiler.compile(source, loaders));
        functions.stream().flatMap(each -> each.jar().stream()).forEach(jar -> jar.files().forEach(entries::putIfAbsent));
        List<String> provided = functions.stream().filter(each -> each.jar().isEmpty()).map(UserFunction::name).toList();
        Manifest manifest = manifest(name, className, engineImports(entries.values()), connectors, formats, backends, provided);
        entries.put(SCRIPT, script.getBytes(StandardCharsets.UTF_8));
        entries.put(JobDefinition.PLAN, plan.getBytes(StandardCharsets.UTF_8));
        entries.put(SOURCE + className.replace('.', '/') + ".java", source.getBytes(StandardCharsets.UTF_8));
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JarOutputStream jar = new JarOutputStream(bytes)) {
                put(jar, JarFile.MANIFEST_NAME, bytesOf(manifest));
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    put(jar, entry.getKey(), entry.getValue());
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private static byte[] bytesOf(Manifest manifest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        return bytes.toByteArray();
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(FIXED_TIME);
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }

    private static Manifest manifest(String name, String className, SortedSet<String> packages, Collection<String> connectors,
            Collection<String> formats, Collection<String> backends, Collection<String> functions) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", SYMBOLIC_NAME_PREFIX + name);
        headers.putValue("Bundle-Name", "Creek job " + name);
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue(JobDefinition.JOB_HEADER, name);
        headers.putValue(JobDefinition.DEFINITION_HEADER, className);
        List<String> imports = new ArrayList<>();
        packages.forEach(each -> imports.add(each + ";version=\"" + ENGINE_VERSIONS + "\""));
        headers.putValue("Import-Package", String.join(",", imports));
        List<String> requirements = new ArrayList<>();
        requirements.add("osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\"");
        new TreeSet<>(connectors).forEach(each -> requirements.add(service("creek.core.connector.Connector", "creek.connector", each)));
        new TreeSet<>(formats).forEach(each -> requirements.add(service("creek.core.format.Format", "creek.format", each)));
        new TreeSet<>(backends).forEach(each -> requirements.add(service("creek.core.state.StateBackend", "creek.state", each)));
        new TreeSet<>(functions).forEach(each -> requirements.add(service("creek.udf.api.UserDefinedFunction", "creek.function", each)));
        headers.putValue("Require-Capability", String.join(",", requirements));
        return manifest;
    }

    private static String service(String contract, String property, String name) {
        return "osgi.service;filter:=\"(&(objectClass=" + contract + ")(" + property + "=" + name.replaceAll("[\\\\*()\"]", "?")
                + "))\";effective:=active";
    }

    /** The engine's packages that class files refer to: their names stand in the constant pools. */
    private static SortedSet<String> engineImports(Collection<byte[]> classes) {
        SortedSet<String> packages = new TreeSet<>();
        for (byte[] bytes : classes) {
            Matcher found = ENGINE_PACKAGE.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
            while (found.find()) {
                packages.add(found.group(1).replace('/', '.'));
            }
        }
        return packages;
    }
}
