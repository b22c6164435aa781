package creek.run;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;

/**
 * The file of a packaged job: a jar whose manifest names the bundles in it. Either their classes are at its root, with what else they consist of
 * in folders of their own, or they are whole jars in it.
 */
final class PackageFile implements AutoCloseable {
    static final String BUNDLES_HEADER = "Creek-Bundles";
    static final String JOB_HEADER = "Creek-Job";
    /** Present where bundles are whole. */
    static final String WHOLE_HEADER = "Creek-Whole-Bundles";
    /** What is inside, for people. */
    static final String COMPONENTS = "META-INF/creek/components.txt";
    /** The end of the file is this and the digest of all before the digest, in hexadecimal digits. */
    static final String DIGEST_MARK = "creek crc32c=";

    private static final String FOLDER = "bundles/";
    private static final int DIGITS = 8;

    private final Path path;
    private final JarFile jar;
    private final Attributes headers;

    private PackageFile(Path path) throws IOException {
        this.path = path;
        this.jar = new JarFile(path.toFile(), false);
        this.headers = jar.getManifest().getMainAttributes();
    }

    /**
     * Opens the file after a look at all of it.
     *
     * @throws LaunchException if it is not what was written
     */
    static PackageFile open(Path path) throws IOException, LaunchException {
        if (!isWhole(path.toFile())) {
            throw new LaunchException(path + " is damaged or was copied in part: its digest is another. Copy it again", Launcher.FAILED);
        }
        return new PackageFile(path);
    }

    private static boolean isWhole(File file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        byte[] mark = DIGEST_MARK.getBytes(StandardCharsets.US_ASCII);
        try (RandomAccessFile content = new RandomAccessFile(file, "r")) {
            long left = content.length() - DIGITS;
            if (left < mark.length) {
                return false;
            }
            CRC32C digest = new CRC32C();
            int count = 0;
            for (; left > 0; left -= count) {
                count = (int) Math.min(left, buffer.length);
                content.readFully(buffer, 0, count);
                digest.update(buffer, 0, count);
            }
            byte[] expected = new byte[DIGITS];
            content.readFully(expected);
            content.seek(content.length() - DIGITS - mark.length);
            byte[] found = new byte[mark.length];
            content.readFully(found);
            return Arrays.equals(found, mark) && new String(expected, StandardCharsets.US_ASCII).equals(String.format("%08x", digest.getValue()));
        }
    }

    Path path() {
        return path;
    }

    String job() {
        return headers.getValue(JOB_HEADER);
    }

    /** In the order of their start. */
    List<String> bundles() {
        return List.of(headers.getValue(BUNDLES_HEADER).split(","));
    }

    /** Whether bundles are jars in the file, to be replaced one by one, rather than parts of one class path. */
    boolean hasWholeBundles() {
        return headers.containsKey(new Attributes.Name(WHOLE_HEADER));
    }

    /** A bundle of the class path. */
    JarContent content(String bundle) throws IOException {
        return new JarContent(jar, FOLDER + bundle + "/");
    }

    /** Writes the bundles to a folder, those that are there already excepted, and removes others. */
    void unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> names = bundles();
        for (String name : names) {
            unpack(jar.getEntry(FOLDER + name + ".jar"), folder.resolve(name + ".jar"));
        }
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                if (!names.contains(file.getFileName().toString().replaceFirst("\\.jar$", ""))) {
                    Files.delete(file);
                }
            }
        }
    }

    private void unpack(ZipEntry entry, Path target) throws IOException {
        try (InputStream content = jar.getInputStream(entry)) {
            byte[] bytes = content.readAllBytes();
            if (Files.isRegularFile(target) && Files.size(target) == bytes.length && Arrays.equals(Files.readAllBytes(target), bytes)) {
                return;
            }
            Path part = target.resolveSibling(target.getFileName() + ".part");
            Files.write(part, bytes);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    String components() throws IOException {
        try (InputStream content = jar.getInputStream(jar.getEntry(COMPONENTS))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }
}
