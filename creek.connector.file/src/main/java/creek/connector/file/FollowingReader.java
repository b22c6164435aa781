package creek.connector.file;

import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.Row;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Follows one growing file by its name, as {@code tail -F} does. A file that was renamed is read to its end before the one that has come in
 * its place; a file that was truncated is read again from its start. What a file ends with is a record, delimiter or not.
 */
final class FollowingReader implements SourceReader {
    private final Path path;
    private final Path workingDirectory;
    private final RecordCutter cutter;
    private final FileMetadata metadata;

    private SourceFile file;
    private FileChannel content;
    /** Another file has come in this one's place, after which there was one more attempt to read. */
    private boolean isReplaced;

    FollowingReader(SourceContext context, Path path, RecordCutter cutter) {
        this.path = path;
        this.workingDirectory = context.workingDirectory();
        this.cutter = cutter;
        this.metadata = new FileMetadata(context.metadataKeys(), context.options().get(FileSystemOptions.PARTITION_DEFAULT));
    }

    @Override
    public void open() throws IOException {
        openFile();
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        if (content == null && !openFile()) {
            return ReadStatus.NOTHING_NOW;
        }
        if (!cutter.drain(output)) {
            return ReadStatus.MORE;
        }
        try {
            if (cutter.fill(content) < 0) {
                return atEnd(output);
            }
        } catch (IOException e) {
            throw Problems.explain("can't read file " + file.name(), e);
        }
        cutter.drain(output);
        return ReadStatus.MORE;
    }

    private ReadStatus atEnd(RecordOutput output) throws Exception {
        SourceFile now = find();
        if (now == null) {
            return ReadStatus.NOTHING_NOW;
        }
        if (now.fileKey().equals(file.fileKey())) {
            if (now.size() >= cutter.position()) {
                return now.size() > cutter.position() ? ReadStatus.MORE : ReadStatus.NOTHING_NOW;
            }
            cutter.drainLast(output);
            content.position(0);
            cutter.begin();
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
        cutter.drainLast(output);
        close();
        return ReadStatus.MORE;
    }

    /** The file of that name, or null while there is none. */
    private SourceFile find() throws IOException {
        try {
            return SourceFile.of(path, workingDirectory, Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw Problems.explain("can't read file " + path, e);
        }
    }

    private boolean openFile() throws IOException {
        SourceFile before = find();
        if (before == null) {
            return false;
        }
        FileChannel opened;
        try {
            opened = FileChannel.open(path);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw Problems.explain("can't read file " + before.name(), e);
        }
        SourceFile after = find();
        if (after == null || !after.fileKey().equals(before.fileKey())) {
            // Rotated at this very moment, so that it is not certain which file was opened.
            opened.close();
            return false;
        }
        content = opened;
        file = after;
        isReplaced = false;
        cutter.begin();
        metadata.set(after);
        return true;
    }

    @Override
    public void readMetadata(int key, Row row, int column) {
        metadata.read(key, row, column);
    }

    @Override
    public String location() {
        if (content == null) {
            return "file " + path;
        }
        if (!cutter.isDelimited()) {
            return "file " + file.name() + ", offset " + cutter.recordOffset();
        }
        try {
            long position = content.position();
            String location = file.locate(content.position(0), cutter.recordOffset());
            content.position(position);
            return location;
        } catch (IOException e) {
            return "file " + file.name() + ", offset " + cutter.recordOffset();
        }
    }

    @Override
    public void close() throws IOException {
        if (content != null) {
            content.close();
            content = null;
        }
    }
}
