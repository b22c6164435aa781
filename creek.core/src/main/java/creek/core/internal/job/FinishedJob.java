package creek.core.internal.job;

import creek.core.internal.snapshot.DurableFiles;
import creek.core.internal.snapshot.FolderLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A note in the folder of a job with checkpoints that it has come to its end, so that it does not begin again whenever the platform starts.
 */
final class FinishedJob {
    private final Path folder;
    private final Path note;
    private final String version;

    /** @param version tells one version of the job from another */
    FinishedJob(Path folder, String version) {
        this.folder = folder;
        this.note = folder.resolve("finished");
        this.version = version;
    }

    /** Whether this version of the job has finished. */
    boolean isNoted() throws IOException {
        byte[] expected = version.getBytes(StandardCharsets.UTF_8);
        return Files.exists(note) && Files.size(note) == expected.length && Arrays.equals(Files.readAllBytes(note), expected);
    }

    void note() throws IOException {
        Path written = folder.resolve("finished.new");
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(version.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        DurableFiles.rename(written, note);
    }

    /**
     * Removes all that a finished job has left, whatever its version, so that the next run begins afresh.
     *
     * @throws IOException if it can't be removed, because another process runs the job, say
     */
    void clear() throws IOException {
        if (!Files.exists(note)) {
            return;
        }
        try (FolderLock lock = FolderLock.of(folder)) {
            // another process may have been here before
            if (Files.exists(note)) {
                removeAll();
            }
        }
    }

    private void removeAll() throws IOException {
        // the folder itself may be a link; those in it are removed, not what they lead to
        Path real = folder.toRealPath();
        List<Path> kept = List.of(real, real.resolve(FolderLock.NAME), real.resolve(note.getFileName()));
        List<Path> parts;
        try (Stream<Path> walk = Files.walk(real)) {
            parts = walk.sorted(Comparator.reverseOrder()).filter(part -> !kept.contains(part)).toList();
        }
        for (Path part : parts) {
            Files.delete(part);
        }
        // last, so that a crash before leaves no state without it
        Files.delete(note);
    }
}
