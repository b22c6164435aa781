package creek.connector.file;

import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.Row;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/** Reads files one after the other, each as a split of its own; may go on watching for new ones. */
final class FileSystemReader implements SourceReader {
    private final FileListing listing;
    /** How often to look for new files, or null: those that are there at first are all. */
    private final Duration monitorInterval;
    private final Clock clock;
    private final RecordCutter cutter;
    private final FileMetadata metadata;

    private final Queue<SourceFile> pending = new ArrayDeque<>();
    /** Files read or about to be read that are still there. */
    private Set<Path> known = Set.of();
    private long nextListing;

    /** The file that the last record came from, and its content while it is open. */
    private SourceFile file;
    private ReadableByteChannel content;

    FileSystemReader(SourceContext context, FileListing listing, Duration monitorInterval, RecordCutter cutter) {
        this.listing = listing;
        this.monitorInterval = monitorInterval;
        this.clock = context.clock();
        this.cutter = cutter;
        this.metadata = new FileMetadata(context.metadataKeys(), context.options().get(FileSystemOptions.PARTITION_DEFAULT));
    }

    @Override
    public void open() throws IOException {
        list();
        if (pending.isEmpty() && monitorInterval == null && listing.mustMatch()) {
            throw new IOException("'path': no file matches '" + listing + "'");
        }
    }

    private void list() throws IOException {
        Set<Path> present = new HashSet<>();
        for (SourceFile found : listing.list()) {
            present.add(found.path());
            if (!known.contains(found.path())) {
                pending.add(found);
            }
        }
        known = present;
        nextListing = monitorInterval == null ? Long.MAX_VALUE : clock.millis() + monitorInterval.toMillis();
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        if (content == null && !openNext(output)) {
            return monitorInterval == null ? ReadStatus.END_OF_INPUT : ReadStatus.NOTHING_NOW;
        }
        if (!cutter.drain(output)) {
            return ReadStatus.MORE;
        }
        if (fill() >= 0) {
            cutter.drain(output);
        } else {
            cutter.drainLast(output);
            closeFile();
            output.endSplit(file.path().toString());
        }
        return ReadStatus.MORE;
    }

    private int fill() throws IOException {
        try {
            return cutter.fill(content);
        } catch (IOException e) {
            throw Problems.explain("can't read file " + file.name(), e);
        }
    }

    private boolean openNext(RecordOutput output) throws IOException {
        if (pending.isEmpty() && clock.millis() >= nextListing) {
            list();
        }
        SourceFile next = pending.poll();
        while (next != null && monitorInterval != null && !Files.exists(next.path())) {
            // Whoever cleans up a watched directory may be faster than its reader.
            next = pending.poll();
        }
        if (next == null) {
            return false;
        }
        file = next;
        content = next.open();
        cutter.begin();
        metadata.set(next);
        output.beginSplit(next.path().toString());
        return true;
    }

    @Override
    public void readMetadata(int key, Row row, int column) {
        metadata.read(key, row, column);
    }

    @Override
    public String location() {
        return file == null ? "before the first file" : cutter.isDelimited() ? file.locate(cutter.recordOffset())
                : "file " + file.name() + ", offset " + cutter.recordOffset();
    }

    private void closeFile() throws IOException {
        if (content != null) {
            content.close();
            content = null;
        }
    }

    @Override
    public void close() throws IOException {
        closeFile();
    }
}
