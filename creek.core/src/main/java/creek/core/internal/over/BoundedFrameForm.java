package creek.core.internal.over;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.PartLog;
import creek.core.internal.state.PartWriter;
import creek.core.internal.state.PartsForm;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** How frames that rows leave become parts: the rows, and a head with all the rest. */
record BoundedFrameForm(String text, EntryRows entryRows, Supplier<Frame> frames, IntSupplier epoch) implements PartsForm<Frame> {
    @Override
    public Frame create() {
        return frames.get();
    }

    @Override
    public void write(Frame value, PartWriter output) {
        BoundedFrame frame = (BoundedFrame) value;
        frame.rows.write(output, frame.log, epoch.getAsInt());
        BinaryWriter head = output.value();
        frame.writeHead(head);
        output.put(HEAD);
    }

    @Override
    public void read(Frame value, long part, BinaryReader input) {
        BoundedFrame frame = (BoundedFrame) value;
        if (part != HEAD) {
            frame.rows.read(part, input);
            return;
        }
        try {
            frame.readHead(input);
        } catch (Exception e) {
            throw new IllegalStateException("what OVER had computed can't be computed again from the rows kept: " + e.getMessage(), e);
        }
    }

    @Override
    public int size(Frame value) {
        return ((BoundedFrame) value).rows.size() + 1;
    }

    @Override
    public PartLog log(Frame value) {
        return ((BoundedFrame) value).log;
    }

    @Override
    public Frame remains(Frame value) {
        BoundedFrame frame = (BoundedFrame) value;
        frame.rows.removeAll(frame.log, epoch.getAsInt());
        frame.log.remove(HEAD, epoch.getAsInt());
        Frame rest = create();
        follow(rest, frame);
        return rest;
    }

    @Override
    public void follow(Frame value, Frame remains) {
        log(value).follow(log(remains));
    }
}
