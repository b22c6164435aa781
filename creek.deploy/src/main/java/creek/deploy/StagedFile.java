package creek.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/** A copy of a file that is to be deployed: what is checked is what is installed, whatever becomes of the file meanwhile. */
final class StagedFile implements AutoCloseable {
    private final Path original;
    private final Path copy;
    private final String digest;

    private StagedFile(Path original, Path copy, String digest) {
        this.original = original;
        this.copy = copy;
        this.digest = digest;
    }

    /** Copies a file into a folder of ours. */
    static StagedFile of(Path file, Path folder) throws DeployException {
        try {
            Path copy = Files.createTempFile(Files.createDirectories(folder), "staged", null);
            try (InputStream from = Files.newInputStream(file); OutputStream to = Files.newOutputStream(copy)) {
                DigestInputStream digesting = new DigestInputStream(from, MessageDigest.getInstance("SHA-256"));
                digesting.transferTo(to);
                return new StagedFile(file, copy, HexFormat.of().formatHex(digesting.getMessageDigest().digest()));
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(copy);
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw DeployException.notWhole(file, "there is no such file", e);
        } catch (IOException e) {
            throw new DeployException(file, "can't be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Path original() {
        return original;
    }

    /** SHA-256 of the content. */
    String digest() {
        return digest;
    }

    InputStream open() throws IOException {
        return Files.newInputStream(copy);
    }

    /** The content of a script. */
    String text() throws DeployException {
        try {
            return Files.readString(copy);
        } catch (CharacterCodingException e) {
            throw DeployException.notWhole(original, "is not UTF-8 text", e);
        } catch (IOException e) {
            throw new DeployException(original, "can't be read: " + e.getMessage(), e);
        }
    }

    /** Checks that this is a bundle, and whole: each entry has the length and the check sum that the directory at its end tells. */
    void checkBundle() throws DeployException {
        try (JarFile jar = new JarFile(copy.toFile(), false)) {
            byte[] buffer = new byte[8192];
            Enumeration<? extends ZipEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                CheckedInputStream content = new CheckedInputStream(jar.getInputStream(entry), new CRC32());
                while (content.read(buffer) >= 0) {
                    // the sum is what is wanted
                }
                if (content.getChecksum().getValue() != entry.getCrc()) {
                    throw new ZipException("the check sum of " + entry.getName() + " is wrong");
                }
            }
            Manifest manifest = jar.getManifest();
            Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
            if (headers.getValue("Bundle-SymbolicName") == null) {
                throw new DeployException(original, "is not a bundle: its manifest has no Bundle-SymbolicName", null);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw DeployException.notWhole(original, "is not a whole jar: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            System.getLogger(StagedFile.class.getName()).log(System.Logger.Level.WARNING, "can't delete " + copy, e);
        }
    }
}
