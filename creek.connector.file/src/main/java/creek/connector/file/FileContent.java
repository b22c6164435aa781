package creek.connector.file;

import creek.core.connector.PositionException;
import creek.core.connector.RecordOutput;
import java.io.EOFException;
import java.io.IOException;

/** The records of one file after the other: opens it, from its start or in its midst, and cuts what it holds. On the job's thread only. */
final class FileContent implements AutoCloseable {
    private static final long NOWHERE = -1;

    private final RecordCutter cutter;

    /** As it was found before it was opened, and under the name that it had when it was opened last. */
    private SourceFile file;
    private SourceFile place;
    /** Null while it is closed. */
    private OpenFile open;
    /** The place to go on from, until that is reached. */
    private long resumeAt = NOWHERE;
    private boolean needsHeader;

    FileContent(RecordCutter cutter) {
        this.cutter = cutter;
    }

    /** Begins a file. */
    void begin(SourceFile found, OpenFile opened) {
        file = found;
        place = found;
        open = opened;
        resumeAt = NOWHERE;
        cutter.begin();
    }

    /** Goes on with a file that may have been renamed. */
    void resume(FilePosition position, SourceFile now) throws IOException {
        begin(now, now.open());
        file = position.file();
        resumeAt = position.offset();
        needsHeader = cutter.hasHeader() && resumeAt > 0;
    }

    boolean isOpen() {
        return open != null;
    }

    /** The file opened last, as it was before that, or null. */
    SourceFile file() {
        return file;
    }

    /** Under what name, and as which file, it was opened. */
    SourceFile place() {
        return place;
    }

    /** What there is to remember of a file that has been read, before it is closed. */
    ReadFile asRead(long name, SourceFile now) throws IOException {
        SourceFile last = now.fileKey().equals(place.fileKey()) ? now : place;
        return ReadFile.of(name, place.fileKey(), open.isCompressed() ? last.size() : cutter.position(), last.modified(), open);
    }

    FilePosition position() throws IOException {
        return FilePosition.of(file, place, open, resumeAt == NOWHERE ? cutter.nextOffset() : resumeAt);
    }

    /** Hands out what follows the last delimiter of a file to which nothing more comes. */
    void readLast(RecordOutput output) throws Exception {
        cutter.drainLast(output);
    }

    /** Begins anew with a file that has been cut off. */
    void rewind() throws IOException {
        open.file().position(0);
        cutter.begin();
    }

    /** How many bytes of the content were read. */
    long read() {
        return resumeAt == NOWHERE ? cutter.position() : resumeAt;
    }

    /**
     * Hands out records: a buffer's, or as many as there is room for.
     *
     * @return false if there is nothing more now; there is room for a record then
     */
    boolean read(RecordOutput output) throws Exception {
        if (resumeAt != NOWHERE) {
            goOn(output);
            return true;
        }
        if (!cutter.drain(output)) {
            return true;
        }
        if (fill() < 0) {
            return false;
        }
        cutter.drain(output);
        return true;
    }

    /** Reads a buffer from the place to go on from, hands out nothing, and tells where that is. */
    void tryRead() throws IOException {
        if (resumeAt != NOWHERE && !open.isCompressed()) {
            open.file().position(resumeAt);
            cutter.begin(resumeAt);
        }
        fill();
        position();
    }

    private int fill() throws IOException {
        try {
            return cutter.fill(open.content());
        } catch (IOException e) {
            throw Problems.explain("can't read file " + place.name(), e);
        }
    }

    /** A step towards the place to go on from: first the header, if the rest can't be read without. */
    private void goOn(RecordOutput output) throws Exception {
        if (needsHeader) {
            needsHeader = !cutter.drainFirst(output) && fill() >= 0;
        } else if (!open.isCompressed()) {
            open.file().position(resumeAt);
            cutter.begin(resumeAt);
            resumeAt = NOWHERE;
        } else if (skip() == 0) {
            resumeAt = NOWHERE;
        }
    }

    private long skip() throws IOException {
        try {
            return cutter.skipTo(resumeAt, open.content());
        } catch (EOFException e) {
            throw new PositionException("file " + place.name() + " ends before offset " + resumeAt + ", up to which it was read");
        } catch (IOException e) {
            throw Problems.explain("can't read file " + place.name(), e);
        }
    }

    /** Where the record handed out last stands; lines are counted by reading the file from its start. */
    String location() {
        long offset = cutter.recordOffset();
        if (cutter.isDelimited() && open != null && !open.isCompressed()) {
            try {
                long position = open.file().position();
                String location = place.locate(open.file().position(0), offset);
                open.file().position(position);
                return location;
            } catch (IOException e) {
                return currentLocation();
            }
        }
        return cutter.isDelimited() ? place.locate(offset) : currentLocation();
    }

    /** The same without counting lines. */
    String currentLocation() {
        return "file " + place.name() + ", offset " + cutter.recordOffset();
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
