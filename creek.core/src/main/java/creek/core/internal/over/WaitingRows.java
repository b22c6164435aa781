package creek.core.internal.over;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.internal.state.Changes;
import creek.core.internal.state.EntryRows;
import creek.core.internal.state.Epochs;
import creek.core.internal.state.KeyMap;
import creek.core.internal.state.PartLog;
import creek.core.internal.state.StateTable;
import creek.core.internal.state.TableStore;
import creek.core.internal.state.TimeQueue;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Rows that wait to enter the frames of their partitions: in the order of their times, equal ones in that of arrival. As state each is an entry of
 * its own, so that a checkpoint writes those that have come and still wait.
 */
final class WaitingRows implements StateTable {
    private static final int MAX_SPARES = 1 << 12;
    /** What an entry is known by has the key group in the lowest of its bits. */
    private static final int GROUP_BITS = Integer.numberOfTrailingZeros(TableStore.KEY_GROUPS);

    /** A row and the frame it goes into. */
    static final class Waiting {
        final Row row;
        Frame frame;
        long time;
        private long number;
        private int epoch;

        private Waiting(int arity) {
            row = new Row(arity);
        }
    }

    private final Schema schema;
    private final int arity;
    private final RowSerializer serializer;
    /** Finds the frame of a row. */
    private final Function<Row, Frame> frames;
    private final TimeQueue<Waiting> queue = new TimeQueue<>();
    /** Those that are out serve others. */
    private final ArrayDeque<Waiting> spares = new ArrayDeque<>();

    // for checkpoints
    private Epochs epochs;
    private final PartLog removed = new PartLog();
    private long arrived;

    /** @param arity of the rows that come out, whose last columns are for results */
    WaitingRows(Schema schema, int arity, Function<Row, Frame> frames) {
        this.schema = schema;
        this.arity = arity;
        this.serializer = new RowSerializer(schema);
        this.frames = frames;
    }

    int size() {
        return queue.size();
    }

    /** The earliest time; {@link Long#MAX_VALUE} if no row waits. */
    long firstTime() {
        return queue.firstTime();
    }

    /** The latest time; {@link Long#MIN_VALUE} if no row waits. */
    long lastTime() {
        long last = Long.MIN_VALUE;
        for (int i = 0; i < queue.size(); i++) {
            last = Math.max(last, queue.get(i).time);
        }
        return last;
    }

    /** Adds a copy of a row. */
    void add(long time, Row row, Frame frame) {
        Waiting waiting = obtain();
        waiting.row.keepFrom(row);
        waiting.time = time;
        waiting.frame = frame;
        if (epochs != null) {
            waiting.epoch = epochs.current();
            int hash = KeyMap.usable(Utf8.hash(frame.key, 0, frame.key.length));
            waiting.number = arrived++ << GROUP_BITS | hash & TableStore.KEY_GROUPS - 1;
        }
        enqueue(waiting);
    }

    private Waiting obtain() {
        return spares.isEmpty() ? new Waiting(arity) : spares.pop();
    }

    private void enqueue(Waiting waiting) {
        waiting.frame.waiting++;
        queue.add(waiting.time, waiting);
    }

    /** Takes out the first row; there must be one. */
    Waiting poll() {
        Waiting first = queue.poll();
        first.frame.waiting--;
        if (epochs != null && first.epoch != epochs.current()) {
            removed.remove(first.number, epochs.current());
        }
        return first;
    }

    /** Gives back what {@link #poll} gave. */
    void release(Waiting waiting) {
        if (spares.size() < MAX_SPARES) {
            waiting.frame = null;
            spares.push(waiting);
        }
    }

    @Override
    public String form() {
        return "time";
    }

    @Override
    public EntryRows entryRows() {
        return EntryRows.behind(Long.BYTES, schema);
    }

    @Override
    public void open(TableStore store, BinaryReader summary) throws IOException {
        epochs = store.epochs();
        List<Waiting> restored = new ArrayList<>();
        BinaryReader reader = new BinaryReader();
        Row row = new Row(schema.size());
        store.scan((key, value) -> {
            reader.reset(value, 0, value.length);
            Waiting waiting = obtain();
            waiting.number = TableStore.readTime(key);
            waiting.time = reader.readLong();
            serializer.read(reader, row);
            waiting.row.keepFrom(row);
            waiting.epoch = 0;
            restored.add(waiting);
        });
        restored.sort(Comparator.comparingLong(waiting -> waiting.number));
        for (Waiting waiting : restored) {
            waiting.frame = frames.apply(waiting.row);
            arrived = (waiting.number >>> GROUP_BITS) + 1;
            enqueue(waiting);
        }
    }

    @Override
    public void write(Changes changes) {
        removed.write(changes::includesRemoval, number -> {
            beginEntry(number, changes);
            changes.remove();
        });
        for (int i = 0; i < queue.size(); i++) {
            Waiting waiting = queue.get(i);
            if (changes.includes(waiting.epoch)) {
                beginEntry(waiting.number, changes);
                BinaryWriter value = changes.value();
                value.writeLong(waiting.time);
                serializer.write(waiting.row, value);
                changes.put();
            }
        }
    }

    private static void beginEntry(long number, Changes changes) {
        TableStore.writeTime(number, changes.key((int) number));
    }
}
