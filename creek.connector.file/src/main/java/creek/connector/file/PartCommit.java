package creek.connector.file;

import creek.core.connector.PendingCommit;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a checkpoint: those that are complete become final with it; of those that are open it is known how long they are, so that a restart
 * can cut off what was written later.
 */
final class PartCommit implements PendingCommit {
    /** In place of a length. */
    private static final long COMPLETE = -1;

    private final Path base;
    private final PartCommitter committer;
    private final List<PartFile> complete;
    private final List<PartFile> open;
    private final List<Long> lengths;

    /** @param lengths of the open ones */
    PartCommit(Path base, PartCommitter committer, List<PartFile> complete, List<PartFile> open, List<Long> lengths) {
        this.base = base;
        this.committer = committer;
        this.complete = List.copyOf(complete);
        this.open = List.copyOf(open);
        this.lengths = List.copyOf(lengths);
    }

    /** What a checkpoint knows of a part. */
    record Entry(Path base, Path path, long length) {
        boolean isComplete() {
            return length == COMPLETE;
        }
    }

    @Override
    public void write(BinaryWriter output) {
        output.writeString(base.toString());
        output.writeVarInt(complete.size() + open.size());
        for (PartFile part : complete) {
            output.writeString(part.name().path().toString());
            output.writeLong(COMPLETE);
        }
        for (int i = 0; i < open.size(); i++) {
            output.writeString(open.get(i).name().path().toString());
            output.writeLong(lengths.get(i));
        }
    }

    static List<Entry> read(BinaryReader input) {
        Path base = Path.of(input.readString());
        int count = input.readVarInt();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(base, Path.of(input.readString()), input.readLong()));
        }
        return entries;
    }

    @Override
    public void prepare() throws IOException {
        try {
            for (PartFile part : complete) {
                part.seal();
            }
            for (int i = 0; i < open.size(); i++) {
                open.get(i).force(lengths.get(i));
            }
        } catch (IOException e) {
            // What a disk refused once may be gone although it takes it the next time, so that only a restart from the last checkpoint is right.
            committer.fail(e);
            throw e;
        }
    }

    @Override
    public void commit() throws IOException {
        for (PartFile part : complete) {
            if (Files.exists(part.name().hidden())) {
                part.publish();
            }
        }
    }
}
