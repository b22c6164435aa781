package creek.connector.file;

import creek.connector.file.PartCommit.Entry;
import creek.core.connector.PendingCommit;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Parts that a writer of another version has begun. Nothing more is written to them, so that all of them become final with the next checkpoint. */
final class TakenOverParts implements PendingCommit {
    private final Path base;
    private final List<Entry> parts;
    private final PartCommitter committer;

    /** @param committer of the writer that took them over, for what goes wrong */
    TakenOverParts(Path base, List<Entry> parts, PartCommitter committer) {
        this.base = base;
        this.parts = parts;
        this.committer = committer;
    }

    @Override
    public void write(BinaryWriter output) {
        PartCommit.write(base, parts, output);
    }

    @Override
    public void prepare() throws IOException {
        try {
            for (Entry part : parts) {
                if (Files.exists(part.name().hidden())) {
                    force(part.name());
                }
            }
        } catch (IOException e) {
            // As for parts of one's own.
            committer.fail(e);
            throw e;
        }
    }

    private static void force(PartName name) throws IOException {
        try (FileChannel channel = FileChannel.open(name.hidden(), StandardOpenOption.WRITE)) {
            channel.force(true);
            name.forceDirectories();
        } catch (IOException e) {
            throw Problems.explain("can't write file " + name.target(), e);
        }
    }

    @Override
    public void commit() throws IOException {
        PartRecovery.publish(parts);
    }
}
