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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads files one after the other, each as a split of its own; may go on watching for new ones. */
final class FileSystemReader implements SourceReader {
    /** The form of its positions. */
    static final int VERSION = 1;
    private static final String BEFORE = "before the first file";

    private final FileListing listing;
    /** How often to look for new files, or null: those that are there at first are all. */
    private final Duration monitorInterval;
    private final boolean skipsMissing;
    private final boolean hasCheckpoints;
    private final Clock clock;
    private final FileMetadata metadata;

    private final Deque<SourceFile> pending = new ArrayDeque<>();
    private final KnownFiles known = new KnownFiles();
    private long nextListing;
    private boolean restored;
    /** What a position has of the files before and after the one that is open; null if that has changed since it was written last. */
    private byte[] otherFiles;

    private final FileContent content;
    /** Whether the file that is open was opened before the first read, to go on with it. */
    private boolean resuming;

    /** Makes one like this, which reads by itself. */
    private final Supplier<FileSystemReader> another;

    FileSystemReader(SourceContext context, FileListing listing, Duration monitorInterval, Supplier<RecordCutter> cutters) {
        this.another = () -> new FileSystemReader(context, listing, monitorInterval, cutters);
        this.listing = listing;
        this.monitorInterval = monitorInterval;
        this.skipsMissing = context.options().get(FileSystemOptions.MISSING_FILE) == MissingFile.SKIP;
        this.hasCheckpoints = context.hasCheckpoints();
        this.clock = context.clock();
        this.content = new FileContent(cutters.get());
        this.metadata = new FileMetadata(context.metadataKeys(), context.options().get(FileSystemOptions.PARTITION_DEFAULT));
    }

    @Override
    public void open() throws IOException {
        if (!restored) {
            otherFiles = null;
            pending.addAll(known.take(listing.list(), listing));
            planListing();
            if (pending.isEmpty() && monitorInterval == null && listing.mustMatch()) {
                throw new IOException("'path': no file matches '" + listing + "'");
            }
        }
    }

    private void planListing() {
        nextListing = monitorInterval == null ? Long.MAX_VALUE : clock.millis() + monitorInterval.toMillis();
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        if (resuming) {
            resuming = false;
            begin(output);
        } else if (!content.isOpen() && !openNext(output)) {
            return monitorInterval == null ? ReadStatus.END_OF_INPUT : ReadStatus.NOTHING_NOW;
        }
        if (!content.read(output)) {
            content.readLast(output);
            endFile();
            output.endSplit(split());
        }
        return ReadStatus.MORE;
    }

    private boolean openNext(RecordOutput output) throws IOException {
        otherFiles = null;
        if (pending.isEmpty() && clock.millis() >= nextListing) {
            pending.addAll(known.take(listing.list(), listing));
            planListing();
        }
        SourceFile next = pending.poll();
        while (next != null && monitorInterval != null && !Files.exists(next.path())) {
            // Whoever cleans up a watched directory may be faster than its reader.
            next = pending.poll();
        }
        if (next == null) {
            return false;
        }
        content.begin(next, next.open());
        begin(output);
        return true;
    }

    private void begin(RecordOutput output) throws IOException {
        metadata.set(content.file());
        output.beginSplit(split());
    }

    /** The name that the file had when it was opened first, whatever has become of it. */
    private String split() {
        return content.file().path().toString();
    }

    private void endFile() throws IOException {
        otherFiles = null;
        if (hasCheckpoints || monitorInterval != null) {
            SourceFile place = content.place();
            SourceFile now = listing.find(place.path()).orElse(place);
            known.end(content.asRead(listing.hash(place.path()), now));
        }
        content.close();
    }

    @Override
    public boolean hasPosition() {
        return true;
    }

    @Override
    public void writePosition(BinaryWriter output) throws IOException {
        if (otherFiles == null) {
            otherFiles = writeOtherFiles();
        }
        output.writeRaw(otherFiles, 0, otherFiles.length);
        output.writeBoolean(content.isOpen());
        if (content.isOpen()) {
            content.position().write(listing.base(), output);
        }
    }

    private byte[] writeOtherFiles() {
        BinaryWriter output = new BinaryWriter();
        known.write(output);
        // The next one comes last, so that files that have been read take nothing but the end away.
        output.writeInt(pending.size());
        for (Iterator<SourceFile> i = pending.descendingIterator(); i.hasNext();) {
            output.writeLong(listing.hash(i.next().path()));
        }
        return output.toBytes();
    }

    @Override
    public void restorePosition(int version, BinaryReader position) throws IOException {
        if (version != positionVersion()) {
            throw new PositionException("positions of form " + version + " are not known, only " + positionVersion());
        }
        long[] waiting;
        FilePosition last;
        try {
            known.read(position);
            waiting = new long[PathSet.readCount(position)];
            for (int i = waiting.length - 1; i >= 0; i--) {
                waiting[i] = position.readLong();
            }
            last = position.readBoolean() ? listing.readPosition(position) : null;
        } catch (IndexOutOfBoundsException e) {
            throw Problems.damaged(e.getMessage());
        }
        List<SourceFile> listed = listing.list();
        if (last != null) {
            resume(last, listed);
        }
        findPending(waiting, listed);
        planListing();
        otherFiles = null;
        restored = true;
    }

    /** What is left of the files at a position that has been restored, in stripes. */
    List<Stripe> left(long stripeSize) throws IOException {
        List<Stripe> left = new ArrayList<>();
        if (resuming) {
            left.addAll(Stripe.behind(content.position().offset(), content.place(), stripeSize));
        }
        for (SourceFile file : pending) {
            left.addAll(Stripe.of(file, stripeSize));
        }
        return left;
    }

    /** Does once what comes with a switch, so that the classes for it are loaded: goes to the position, reads a buffer and forgets it. */
    @Override
    public void prepare(int version, BinaryReader position) throws IOException {
        try (FileSystemReader rehearsal = another.get()) {
            rehearsal.restorePosition(version, position);
            rehearsal.open();
            if (rehearsal.resuming) {
                rehearsal.metadata.set(rehearsal.content.file());
                rehearsal.content.tryRead();
            }
            rehearsal.writePosition(new BinaryWriter());
            rehearsal.currentLocation();
        }
    }

    /** Another one may have the same file open. */
    @Override
    public boolean closesLater() {
        return true;
    }

    private void resume(FilePosition last, List<SourceFile> listed) throws IOException {
        Path path = last.place().path();
        List<SourceFile> candidates = new ArrayList<>(listed);
        candidates.addAll(listing.siblings(path));
        // Files of other names that are known are read in their own right.
        candidates.removeIf(file -> !file.path().equals(path) && !file.fileKey().equals(last.place().fileKey())
                && known.contains(listing.hash(file.path())));
        SourceFile place = last.find(candidates);
        if (place == null && !skipsMissing) {
            throw last.lost();
        }
        if (place == null || !place.path().equals(path)) {
            // What has come in its place is new.
            known.forget(listing.hash(path));
        }
        if (place != null) {
            known.add(listing.hash(place.path()));
            content.resume(last, place);
            resuming = true;
        }
    }

    /** The files that were waiting; when watching, also those that have come since. */
    private void findPending(long[] waiting, List<SourceFile> listed) throws IOException {
        Map<Long, SourceFile> byName = new HashMap<>();
        for (SourceFile file : listed) {
            byName.put(listing.hash(file.path()), file);
        }
        int missing = 0;
        for (long name : waiting) {
            SourceFile file = byName.get(name);
            if (file != null) {
                pending.add(file);
            } else {
                missing++;
            }
        }
        if (monitorInterval != null) {
            pending.addAll(known.take(listed, listing));
        } else if (missing > 0 && !skipsMissing) {
            throw new PositionException(missing + " of the " + waiting.length + " files of '" + listing + "' that were still to be read are not there"
                    + " any more; put them back, or go on without them by '" + FileSystemOptions.MISSING_FILE.key() + "' = 'skip'");
        }
    }

    @Override
    public void readMetadata(int key, Row row, int column) {
        metadata.read(key, row, column);
    }

    @Override
    public String location() {
        return content.file() == null ? BEFORE : content.location();
    }

    @Override
    public String currentLocation() {
        return content.file() == null ? BEFORE : content.currentLocation();
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
