package creek.command.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the file of a packaged job, the same bytes for the same content: a shell script that starts it, behind it a jar. What is in the jar is told at
 * {@code creek.run.PackageFile}, which reads it.
 */
final class PackageWriter {
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final String DIGEST_MARK = "creek crc32c=";
    private static final String NO_DIGEST = "00000000";
    private static final String SERVICES = "META-INF/services/";

    /** By name, so that the order is always the same. */
    private final Map<String, byte[]> entries = new TreeMap<>();
    private final Map<String, String> owners = new TreeMap<>();
    private final Manifest manifest = new Manifest();

    /** @param job the job's name */
    PackageWriter(String job, List<BundleFile> bundles) {
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.put(Attributes.Name.MAIN_CLASS, "creek.Start");
        headers.putValue("Creek-Job", job);
        headers.putValue("Creek-Bundles", String.join(",", bundles.stream().map(BundleFile::name).toList()));
    }

    void add(String name, byte[] content) {
        entries.put(name, content);
    }

    /** Puts a jar's classes on the package's class path. */
    void addLibrary(BundleFile library) throws PackagingException {
        for (Map.Entry<String, byte[]> entry : library.entries().entrySet()) {
            String name = entry.getKey();
            if (!name.startsWith("META-INF/") && !name.startsWith("OSGI-OPT/")) {
                addToClassPath(library, name, entry.getValue());
            }
        }
    }

    /** Puts a bundle's classes, those of jars nested in it included, on the package's class path and the rest into a folder of its own. */
    void addUnrolled(BundleFile bundle) throws PackagingException {
        String folder = "bundles/" + bundle.name() + "/";
        List<String> nested = Arrays.stream(bundle.header("Bundle-ClassPath").split(",")).map(String::strip).toList();
        for (Map.Entry<String, byte[]> entry : bundle.entries().entrySet()) {
            String name = entry.getKey();
            byte[] content = entry.getValue();
            if (name.startsWith("OSGI-OPT/") || name.startsWith("META-INF/maven/") || name.startsWith("META-INF/versions/")) {
                continue;
            }
            if (nested.contains(name)) {
                unroll(bundle, name, content);
            } else if (name.startsWith(SERVICES)) {
                entries.merge(name, content, PackageWriter::joined);
            } else if (name.startsWith("META-INF/") || name.startsWith("OSGI-INF/")) {
                entries.put(folder + name, content);
            } else {
                addToClassPath(bundle, name, content);
            }
        }
    }

    private void unroll(BundleFile bundle, String name, byte[] jar) throws PackagingException {
        for (Map.Entry<String, byte[]> entry : JarEntries.entries(name, jar).entrySet()) {
            // what the bundle itself has comes first on its class path
            if (!entry.getKey().startsWith("META-INF/") && !bundle.entries().containsKey(entry.getKey())) {
                addToClassPath(bundle, entry.getKey(), entry.getValue());
            }
        }
    }

    private void addToClassPath(BundleFile owner, String name, byte[] content) throws PackagingException {
        byte[] slim = name.endsWith(".class") ? SlimClass.of(content, !owner.isOfDistribution()) : content;
        byte[] other = entries.put(name, slim);
        if (other != null && !Arrays.equals(other, slim)) {
            throw new PackagingException("bundles " + owners.get(name) + " and " + owner.name() + " bring different versions of " + name
                    + ": package them --with console, which keeps bundles apart");
        }
        owners.put(name, owner.name());
    }

    /** Puts in a bundle as a jar of its own, not compressed: what is compressed is the whole. */
    void addWhole(BundleFile bundle) throws IOException {
        manifest.getMainAttributes().putValue("Creek-Whole-Bundles", "true");
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(jar)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> entry : bundle.entries().entrySet()) {
                if (entry.getKey().startsWith("OSGI-OPT/")) {
                    continue;
                }
                CRC32 crc = new CRC32();
                crc.update(entry.getValue());
                ZipEntry stored = new ZipEntry(entry.getKey());
                stored.setSize(entry.getValue().length);
                stored.setCrc(crc.getValue());
                put(zip, stored, entry.getValue());
            }
        }
        entries.put("bundles/" + bundle.name() + ".jar", jar.toByteArray());
    }

    /**
     * The file's bytes.
     *
     * @param script what starts it
     */
    byte[] write(StartScript script) throws IOException {
        UnusedFunctions.remove(entries);
        LambdaClasses.write(entries);
        byte[] jar = jar();
        byte[] start = script.text(jar.length);
        byte[] file = Arrays.copyOf(start, start.length + jar.length);
        System.arraycopy(jar, 0, file, start.length, jar.length);
        CRC32C digest = new CRC32C();
        digest.update(file, 0, file.length - NO_DIGEST.length());
        byte[] digits = String.format("%08x", digest.getValue()).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, file, file.length - digits.length, digits.length);
        return file;
    }

    private byte[] jar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            ByteArrayOutputStream headers = new ByteArrayOutputStream();
            manifest.write(headers);
            put(zip, new ZipEntry(JarFile.MANIFEST_NAME), headers.toByteArray());
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                put(zip, new ZipEntry(entry.getKey()), entry.getValue());
            }
            zip.setComment(DIGEST_MARK + NO_DIGEST);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, ZipEntry entry, byte[] content) throws IOException {
        entry.setTimeLocal(FIXED_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + 1 + second.length);
        both[first.length] = '\n';
        System.arraycopy(second, 0, both, first.length + 1, second.length);
        return both;
    }
}
