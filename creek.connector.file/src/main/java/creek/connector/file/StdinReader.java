package creek.connector.file;

import creek.core.connector.PositionException;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads what is piped into the process to its end, whenever that comes. What has been read can't be read again, so a version that takes over gets the
 * bytes that are not handed out yet.
 */
final class StdinReader implements SourceReader {
    private static final byte[] NO_HEADER = {};

    private final SourceContext context;
    private final RecordCutter cutter;
    /** The first record, where formats need that to decode the others; null until it has come. */
    private byte[] header;
    /** Whether the header is to be handed out before all else: it was so already, to another decoder. */
    private boolean repeatsHeader;
    /** Null before it is opened. */
    private ReadableByteChannel in;

    StdinReader(SourceContext context) {
        this.context = context;
        cutter = new RecordCutter(context.framing(), context.options().get(FileSystemOptions.MAX_RECORD_SIZE).bytes());
        header = cutter.hasHeader() ? null : NO_HEADER;
    }

    @Override
    public void open() throws IOException {
        in = context.standardInput();
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        if (repeatsHeader) {
            repeatsHeader = false;
            RecordCutter.repeat(output, header);
        } else if (header == null) {
            header = cutter.peek();
        }
        if (header != null && !cutter.drain(output)) {
            return ReadStatus.MORE;
        }
        int count = fill();
        if (count < 0) {
            cutter.drainLast(output);
            return ReadStatus.END_OF_INPUT;
        }
        return count == 0 ? ReadStatus.NOTHING_NOW : ReadStatus.MORE;
    }

    private int fill() throws IOException {
        try {
            return cutter.fill(in);
        } catch (IOException e) {
            throw Problems.explain("can't read standard input", e);
        }
    }

    @Override
    public String location() {
        return "standard input, record " + cutter.recordCount() + ", offset " + cutter.recordOffset();
    }

    @Override
    public boolean handsOver() {
        return true;
    }

    @Override
    public void writePosition(BinaryWriter output) {
        output.writeLong(cutter.nextOffset());
        output.writeLong(cutter.recordCount());
        boolean headerIsOut = header != null && cutter.nextOffset() > 0;
        output.writeBytes(headerIsOut ? header : NO_HEADER, 0, headerIsOut ? header.length : 0);
        cutter.writeUnread(output);
    }

    @Override
    public void restorePosition(int version, BinaryReader position) throws PositionException {
        if (version != positionVersion()) {
            throw new PositionException("standard input: the position has the form " + version + ", known is " + positionVersion());
        }
        try {
            long offset = position.readLong();
            long count = position.readLong();
            byte[] first = position.readBytes();
            if (first.length > 0) {
                header = first;
                repeatsHeader = true;
            }
            cutter.begin(offset, count, position.readRest());
        } catch (RuntimeException e) {
            throw new PositionException("standard input: the position is damaged");
        }
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
