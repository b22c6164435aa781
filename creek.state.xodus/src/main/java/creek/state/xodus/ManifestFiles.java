package creek.state.xodus;

import creek.core.state.DamagedStateException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The two copies of a store's manifest. A checkpoint is complete when both are durable, first the one, then the other: so a store never goes back a
 * step unnoticed, whichever of them is lost, and after a crash between them the first says what is true.
 */
final class ManifestFiles implements AutoCloseable {
    private final Path first;
    private final Path second;
    private RandomAccessFile[] open;

    ManifestFiles(Path folder) {
        first = folder.resolve("checkpoint.a");
        second = folder.resolve("checkpoint.b");
    }

    /** The manifest in force, or null in a folder without one. */
    Manifest read() throws IOException {
        Manifest a = read(first);
        Manifest b = read(second);
        if (a == null && b == null && (Files.exists(first) && Files.exists(second))) {
            throw new DamagedStateException(first + " and " + second + " are both damaged");
        }
        if (a != null && b != null && a.number() < b.number()) {
            throw new DamagedStateException(first + " says checkpoint " + a.number() + ", but " + second + " says " + b.number());
        }
        return a != null ? a : b;
    }

    private static Manifest read(Path file) throws IOException {
        return Files.exists(file) ? Manifest.read(Files.readAllBytes(file)) : null;
    }

    /** Writes both copies, one after the other, each durable. Returns how many bytes that were. */
    long write(Manifest manifest) throws IOException {
        if (open == null) {
            open = open(first, second);
        }
        byte[] bytes = manifest.toBytes();
        for (RandomAccessFile file : open) {
            file.seek(0);
            file.write(bytes);
        }
        return 2L * bytes.length;
    }

    /** Writing is durable by itself. */
    private static RandomAccessFile[] open(Path first, Path second) throws IOException {
        RandomAccessFile a = new RandomAccessFile(first.toFile(), "rwd");
        try {
            return new RandomAccessFile[] {a, new RandomAccessFile(second.toFile(), "rwd")};
        } catch (IOException e) {
            a.close();
            throw e;
        }
    }

    /** Writes the copies that are not that manifest's; with files opened anew, since something may have been wrong with those that were open. */
    void repair(Manifest manifest) throws IOException {
        close();
        byte[] bytes = manifest.toBytes();
        for (Path file : List.of(first, second)) {
            byte[] found = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            if (found.length < bytes.length || !Arrays.equals(found, 0, bytes.length, bytes, 0, bytes.length)) {
                try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rwd")) {
                    out.write(bytes);
                }
            }
        }
        LogWriter.sync(first.getParent());
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            for (RandomAccessFile file : open) {
                file.close();
            }
            open = null;
        }
    }
}
