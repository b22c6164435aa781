package creek.connector.file;

import creek.connector.file.FileSystemOptions.MissingFile;
import creek.core.connector.PositionException;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Follows one growing file by its name, as {@code tail -F} does. A file that was renamed is read to its end before the one that has come in
 * its place; a file that was truncated is read again from its start. What a file ends with is a record, delimiter or not.
 */
final class FollowingReader implements SourceReader {
    private final Path path;
    private final Path workingDirectory;
    private final boolean skipsMissing;
    private final FileContent content;
    private final FileMetadata metadata;

    /** Another file has come in this one's place, after which there was one more attempt to read. */
    private boolean isReplaced;

    FollowingReader(SourceContext context, Path path, RecordCutter cutter) {
        this.path = path;
        this.workingDirectory = context.workingDirectory().toAbsolutePath().normalize();
        this.skipsMissing = context.options().get(FileSystemOptions.MISSING_FILE) == MissingFile.SKIP;
        this.content = new FileContent(cutter);
        this.metadata = new FileMetadata(context.metadataKeys(), context.options().get(FileSystemOptions.PARTITION_DEFAULT));
    }

    @Override
    public void open() throws IOException {
        if (!content.isOpen()) {
            openFile();
        }
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        if (!content.isOpen() && !openFile()) {
            return ReadStatus.NOTHING_NOW;
        }
        return content.read(output) ? ReadStatus.MORE : atEnd(output);
    }

    /** Another one may have the same file open. */
    @Override
    public boolean closesLater() {
        return true;
    }

    private ReadStatus atEnd(RecordOutput output) throws Exception {
        SourceFile now = SourceFile.find(path, workingDirectory).orElse(null);
        if (now == null) {
            return ReadStatus.NOTHING_NOW;
        }
        if (now.fileKey().equals(content.place().fileKey())) {
            if (now.size() >= content.read()) {
                return now.size() > content.read() ? ReadStatus.MORE : ReadStatus.NOTHING_NOW;
            }
            content.readLast(output);
            content.rewind();
            return ReadStatus.MORE;
        }
        if (now.size() == 0) {
            // A writer may go on with the old file until it opens the new one.
            return ReadStatus.NOTHING_NOW;
        }
        if (!isReplaced) {
            // The old file may have grown between the last read and its renaming.
            isReplaced = true;
            return ReadStatus.MORE;
        }
        content.readLast(output);
        content.close();
        return ReadStatus.MORE;
    }

    private boolean openFile() throws IOException {
        SourceFile before = SourceFile.find(path, workingDirectory).orElse(null);
        if (before == null) {
            return false;
        }
        OpenFile opened;
        try {
            opened = OpenFile.of(path);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw Problems.explain("can't read file " + before.name(), e);
        }
        SourceFile after = SourceFile.find(path, workingDirectory).orElse(null);
        if (after == null || !after.fileKey().equals(before.fileKey())) {
            // Rotated at this very moment, so that it is not certain which file was opened.
            opened.close();
            return false;
        }
        content.begin(after, opened);
        isReplaced = false;
        metadata.set(after);
        return true;
    }

    @Override
    public boolean hasPosition() {
        return true;
    }

    @Override
    public void writePosition(BinaryWriter output) throws IOException {
        output.writeBoolean(content.isOpen());
        if (content.isOpen()) {
            content.position().write(path.getParent(), output);
        }
    }

    @Override
    public void restorePosition(int version, BinaryReader position) throws IOException {
        if (version != positionVersion()) {
            throw new PositionException("positions of form " + version + " are not known, only " + positionVersion());
        }
        FilePosition last;
        try {
            if (!position.readBoolean()) {
                return;
            }
            last = FilePosition.read(path.getParent(), workingDirectory, position);
        } catch (IndexOutOfBoundsException e) {
            throw Problems.damaged(e.getMessage());
        }
        SourceFile place = last.find(SourceFile.siblings(path, workingDirectory));
        if (place != null) {
            content.resume(last, place);
            metadata.set(last.file());
        } else if (!skipsMissing) {
            throw last.lost();
        }
    }

    @Override
    public void readMetadata(int key, Row row, int column) {
        metadata.read(key, row, column);
    }

    @Override
    public String location() {
        return content.isOpen() ? content.location() : "file " + path;
    }

    @Override
    public String currentLocation() {
        return content.isOpen() ? content.currentLocation() : "file " + path;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
