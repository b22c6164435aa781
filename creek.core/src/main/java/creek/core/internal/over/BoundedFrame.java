package creek.core.internal.over;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.internal.state.PartLog;
import creek.core.operator.OverWindow;
import java.util.Arrays;

/** A frame that rows leave. */
abstract class BoundedFrame extends Frame {
    /** What is done in a partition without rows: as in Flink, rows of 1970 and before are late for it. */
    private static final long FIRST_DONE = 0;
    private static final long NONE = Long.MIN_VALUE;
    private static final long[] NO_TIMES = {};

    final KeptRows rows;
    final PartLog log = new PartLog();
    private final OverWindow window;

    /** No row at or before this time may enter any more, as later ones are out. */
    private long doneUpTo = FIRST_DONE;
    /** When the partition may be forgotten, or {@link #NONE}; of RANGE windows only. */
    private long forgetAt = NONE;
    /** When it will be asked whether the partition can be forgotten, the earliest time first. */
    private long[] rings = NO_TIMES;

    BoundedFrame(OverWindow window, KeptRows rows) {
        this.window = window;
        this.rows = rows;
    }

    /** Adds the newest row. */
    abstract void add(long time, Row row) throws Exception;

    abstract void removeFirst() throws Exception;

    /** Writes what is computed, but for what {@link #readResults} can compute again from the rows. */
    abstract void writeResults(BinaryWriter output);

    /** Sets what is computed, when all rows are there. */
    abstract void readResults(BinaryReader input) throws Exception;

    /** The oldest leave first, as in Flink: so a sum that has too many digits is the same. */
    @Override
    final void enter(long time, Row row) throws Exception {
        while (window.rows() ? rows.size() > window.preceding() : rows.size() > 0 && time - rows.firstTime() > window.preceding()) {
            removeFirst();
        }
        add(time, row);
        doneUpTo = time;
    }

    @Override
    final boolean isPast(long time) {
        return time <= doneUpTo;
    }

    /** Whether a row of that time may be the first of a partition. */
    static boolean isPastAtFirst(long time) {
        return time <= FIRST_DONE;
    }

    /**
     * Takes note that a row of that time waits.
     *
     * @return when to {@linkplain #ring ask} whether the partition can be forgotten, or {@link Long#MAX_VALUE} if that is set already
     */
    final long keepFor(long time) {
        long preceding = window.preceding();
        if (forgetAt != NONE && forgetAt > time + preceding) {
            return Long.MAX_VALUE;
        }
        // half as long again, so that a partition with many rows asks for it seldom; what is late depends on it, as in Flink
        forgetAt = time + (long) (preceding * 1.5) + 1;
        rings = Arrays.copyOf(rings, rings.length + 1);
        rings[rings.length - 1] = forgetAt;
        return forgetAt;
    }

    /** A time that {@link #keepFor} gave has come: whether the partition, with what is done in it, can be forgotten. */
    final boolean ring(long time) {
        doneUpTo = time;
        rings = Arrays.copyOfRange(rings, 1, rings.length);
        return forgetAt <= time;
    }

    /** The times at which {@link #ring} is still to be called. */
    final long[] rings() {
        return rings;
    }

    final void writeHead(BinaryWriter output) {
        output.writeLong(doneUpTo);
        output.writeLong(forgetAt);
        output.writeVarInt(rings.length);
        for (long ring : rings) {
            output.writeLong(ring);
        }
        writeResults(output);
    }

    final void readHead(BinaryReader input) throws Exception {
        doneUpTo = input.readLong();
        forgetAt = input.readLong();
        rings = new long[input.readVarInt()];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = input.readLong();
        }
        readResults(input);
    }
}
