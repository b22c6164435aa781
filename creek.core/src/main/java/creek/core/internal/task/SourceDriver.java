package creek.core.internal.task;

import creek.core.connector.ReadStatus;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.internal.state.EngineTable;
import creek.core.internal.state.EntryBuffer;
import creek.core.state.DamagedStateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads one table: what of a source stays the same whatever versions of its connector and format come and go. A row is handled before the watermark it
 * raises.
 */
final class SourceDriver {
    /** How many records a reader hands out before the loop gets a turn. */
    private static final int BATCH_RECORDS = 1024;
    private static final long FIRST_RETRY_NANOS = 100_000;
    private static final long LAST_RETRY_NANOS = 20_000_000;
    static final int NO_POSITION = -1;

    /** The probation of a reader. */
    interface Trial {
        /** Called before each read. */
        void beforeRead() throws Exception;

        /** Called after each read that has not failed. */
        void afterRead();

        /**
         * Called when reading has failed.
         *
         * @return whether another reader was put in the place of that one, so that the job can go on
         */
        boolean goBack(Throwable failure);
    }

    // what it is made of
    private final String id;
    private final String table;
    private final SourceWatermarks time;
    private final PositionEntries position;
    /** Whether the subtasks of a parallel job share the table. */
    private final boolean isShared;
    /** Null while the job waits for a connector or a format. */
    private RecordReceiver receiver;
    /** Where a reader that is gone stood; null if there is one, or if it had no position. */
    private SourcePosition held;
    /** Null if the reader is not on probation. */
    private Trial trial;

    // reading
    private long handedBefore;
    private long skippedBefore;
    private long repeatedBefore;
    private long droppedBefore;
    private long retryNanos = FIRST_RETRY_NANOS;
    private long retryAt = Long.MIN_VALUE;
    private long lastTurn;

    /** @param isShared whether the subtasks of a parallel job share the table; otherwise the first reads all of it */
    SourceDriver(String id, String table, SourceWatermarks time, RecordReceiver receiver, boolean isShared) {
        this.isShared = isShared;
        this.id = id;
        this.table = table;
        this.time = time;
        this.receiver = receiver;
        position = new PositionEntries(id);
    }

    String id() {
        return id;
    }

    boolean isShared() {
        return isShared;
    }

    String table() {
        return table;
    }

    /**
     * Takes over where another run of the job was, as {@link #writePosition} wrote it. Before {@link #open}.
     *
     * @param positionPieces the {@link EngineTable#POSITION_PIECE} entries of all sources
     */
    void restore(BinaryReader entry, Map<String, BinaryReader> positionPieces) throws Exception {
        int version;
        byte[] restored = null;
        try {
            time.read(entry);
            version = entry.readInt();
            if (version != NO_POSITION && !isEnded()) {
                restored = position.read(entry, positionPieces);
            }
        } catch (RuntimeException e) {
            throw new DamagedStateException("what the state has of source " + id + " makes no sense: " + e.getMessage(), e);
        }
        if (restored != null) {
            if (!receiver.reader().acceptsPosition(version)) {
                throw new IncompatiblePartException(this, version);
            }
            try {
                receiver.reader().restorePosition(version, new BinaryReader(restored));
            } catch (Exception | LinkageError e) {
                throw receiver.failure(e);
            }
        }
    }

    /**
     * Takes over a share of where another run of the job was, which was divided into other subtasks.
     *
     * @param entries        as all of them wrote them, by id
     * @param positionPieces as for one
     */
    void restoreShare(Map<String, BinaryReader> entries, Map<String, BinaryReader> positionPieces) throws Exception {
        Map<Integer, List<BinaryReader>> positions = new TreeMap<>();
        try {
            time.readShares(List.copyOf(entries.values()));
            for (Map.Entry<String, BinaryReader> entry : entries.entrySet()) {
                int version = entry.getValue().readInt();
                if (version != NO_POSITION) {
                    // that of this source's own id is taken note of, so that pieces which it no longer has go
                    PositionEntries former = entry.getKey().equals(id) ? position : new PositionEntries(entry.getKey());
                    byte[] bytes = former.read(entry.getValue(), positionPieces);
                    if (!isEnded()) {
                        positions.computeIfAbsent(version, any -> new ArrayList<>()).add(new BinaryReader(bytes));
                    }
                }
            }
        } catch (RuntimeException e) {
            throw new DamagedStateException("what the state has of source " + id + " makes no sense: " + e.getMessage(), e);
        }
        for (Map.Entry<Integer, List<BinaryReader>> each : positions.entrySet()) {
            if (!receiver.reader().acceptsPosition(each.getKey()) || positions.size() > 1) {
                throw new IncompatiblePartException(this, each.getKey());
            }
            try {
                receiver.reader().restorePositions(each.getKey(), each.getValue());
            } catch (Exception | LinkageError e) {
                throw receiver.failure(e);
            }
        }
    }

    /**
     * Writes where reading stands and what is known of time to a checkpoint. Between two calls of {@link #read}, at the end of a record.
     *
     * @param incremental whether the store has what the last complete checkpoint wrote
     */
    void writePosition(EntryBuffer changes, boolean incremental) throws Exception {
        BinaryWriter entry = new BinaryWriter();
        time.write(entry);
        SourcePosition current = receiver != null && !receiver.reader().hasPosition() ? null : capture();
        if (current != null) {
            entry.writeInt(current.version());
            position.write(current.bytes(), entry, changes, !incremental);
        } else {
            entry.writeInt(NO_POSITION);
        }
        EngineTable.put(changes, EngineTable.SOURCE, id, entry);
    }

    /** What another reader goes on from, at the end of a record; null if the reader does not hand over. */
    SourcePosition capture() throws TaskException {
        if (receiver == null) {
            return held;
        }
        SourceReader reader = receiver.reader();
        try {
            if (!reader.handsOver()) {
                return null;
            }
            BinaryWriter bytes = new BinaryWriter();
            reader.writePosition(bytes);
            return new SourcePosition(reader.positionVersion(), bytes.toBytes());
        } catch (Exception e) {
            throw receiver.failure(e);
        }
    }

    /** Says that the position of the last cut is durable. */
    void positionIsDurable() throws Exception {
        byte[] durable = position.complete();
        if (durable != null && receiver != null) {
            try {
                receiver.reader().positionIsDurable(new BinaryReader(durable));
            } catch (Exception e) {
                throw receiver.failure(e);
            }
        }
    }

    boolean hasPosition() {
        return receiver.reader().hasPosition();
    }

    void open(long now) throws Exception {
        time.open(now);
        if (isEnded()) {
            return;
        }
        try {
            receiver.reader().open();
            if (receiver.reader().isEmpty()) {
                time.end();
            }
        } catch (Exception | LinkageError e) {
            throw receiver.failure(e);
        }
    }

    /**
     * Lets go of the reader, which whoever calls closes, and keeps where it stands.
     *
     * @param counted   how many records count that were read since {@link #attach}
     * @param newHeld where reading is to go on; null if that can't be said
     */
    RecordReceiver detach(SourcePosition newHeld, long counted) {
        RecordReceiver old = receiver;
        handedBefore += counted;
        skippedBefore += old.skipped();
        repeatedBefore += old.reader().repeated();
        droppedBefore += old.reader().dropped();
        receiver = null;
        trial = null;
        held = newHeld;
        return old;
    }

    /** Goes on with a reader that is open where the last one was. */
    void attach(RecordReceiver newcomer) {
        receiver = newcomer;
        held = null;
        retryNow();
    }

    /** What reads at the moment; null while the job waits for it. */
    RecordReceiver receiver() {
        return receiver;
    }

    /** Has somebody called before each read, of one record then; null for nobody. */
    void setTrial(Trial newTrial) {
        trial = newTrial;
    }

    /** What it knows of time. */
    SourceWatermarks time() {
        return time;
    }

    /** Whether rows of the record handed out last are still to come. */
    boolean isWithinRecord() {
        return receiver != null && receiver.isWithinRecord();
    }

    /** Emits rows of the record handed out last, as many as there is room for. */
    void finishRecord(long now) throws Exception {
        time.setTime(now);
        receiver.finishRecord(BATCH_RECORDS);
    }

    void close() throws Exception {
        if (receiver != null) {
            receiver.reader().close();
        }
    }

    /**
     * Reads one batch at most.
     *
     * @param now  what the clock shows
     * @param turn number of the loop's turn
     */
    void read(long now, long turn) throws Exception {
        time.setTime(now);
        lastTurn = turn;
        if (trial != null) {
            trial.beforeRead();
        }
        long before = receiver.handed();
        ReadStatus status = receiver.read(trial == null ? BATCH_RECORDS : 1);
        boolean any = receiver.handed() > before;
        if (any) {
            time.active();
        }
        if (status == ReadStatus.END_OF_INPUT) {
            time.end();
        } else if (status == ReadStatus.NOTHING_NOW && !any) {
            retryAt = System.nanoTime() + retryNanos;
            retryNanos = Math.min(2 * retryNanos, LAST_RETRY_NANOS);
        } else {
            retryNanos = FIRST_RETRY_NANOS;
        }
        if (trial != null) {
            trial.afterRead();
        }
    }

    /** Puts the reader before back if reading has failed on probation; whether the job can go on. */
    boolean goBack(Throwable failure) {
        return trial != null && trial.goBack(failure);
    }

    boolean isEnded() {
        return time.isEnded();
    }

    /** Whether it has ended and everybody has been told. */
    boolean isDone() {
        return isEnded() && time.emitted() == Long.MAX_VALUE;
    }

    /** When, by {@link System#nanoTime}, reading is worth a try again. */
    long retryAt() {
        return retryAt;
    }

    void retryNow() {
        retryAt = Long.MIN_VALUE;
    }

    /** The last turn of the loop in which this source was read. */
    long lastTurn() {
        return lastTurn;
    }

    long handed() {
        return handedBefore + (receiver == null ? 0 : receiver.handed());
    }

    long skipped() {
        return skippedBefore + (receiver == null ? 0 : receiver.skipped());
    }

    long repeated() {
        return repeatedBefore + (receiver == null ? 0 : receiver.reader().repeated());
    }

    long dropped() {
        return droppedBefore + (receiver == null ? 0 : receiver.reader().dropped());
    }
}
