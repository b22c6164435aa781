package creek.connector.file;

import creek.core.connector.PendingCommit;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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

    /**
     * What a checkpoint knows of a part.
     *
     * @param length in bytes, unless it is complete
     */
    record Entry(PartName name, long length) {
        boolean isComplete() {
            return length == COMPLETE;
        }
    }

    @Override
    public void write(BinaryWriter output) {
        List<Entry> entries = new ArrayList<>();
        complete.forEach(part -> entries.add(new Entry(part.name(), COMPLETE)));
        for (int i = 0; i < open.size(); i++) {
            entries.add(new Entry(open.get(i).name(), lengths.get(i)));
        }
        write(base, entries, output);
    }

    static void write(Path base, Collection<Entry> entries, BinaryWriter output) {
        output.writeString(base.toString());
        output.writeVarInt(entries.size());
        for (Entry entry : entries) {
            output.writeString(entry.name().path().toString());
            output.writeLong(entry.length());
        }
    }

    /** @param moved where the table is now, if its directory is not where it was */
    static List<Entry> read(BinaryReader input, Path moved) {
        Path then = Path.of(input.readString());
        // A folder may have been moved as a whole; otherwise the parts are where they were, whatever the table's path is now.
        Path base = Files.isDirectory(then) ? then : moved;
        int count = input.readVarInt();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(new PartName(base, Path.of(input.readString())), input.readLong()));
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
