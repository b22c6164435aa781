package creek.core.connector;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads one table for one job. All methods are called on the job's thread, {@link #open} first and {@link #close} last; none may block:
 * a reader that must wait keeps a thread of its own, hands over through a queue and calls {@link SourceContext#wakeUp}.
 *
 * <p>While a version of a connector takes over from another, what comes before and with {@link #open}, and {@link #close}, may be called on another
 * thread: one that does not come back in time is given up. The job's thread waits for it, but not for {@link #prepare}, nor for {@link #close} of a
 * reader that {@linkplain #closesLater closes later}.
 */
@ConsumerType
public interface SourceReader extends AutoCloseable {
    /** Takes what reading needs. Called once. */
    void open() throws Exception;

    /**
     * Whether it is known, once it is open, that there is nothing to read and nothing will come: that all of a table is the share of others, say.
     */
    default boolean isEmpty() {
        return false;
    }

    /**
     * Hands records to the output until it {@linkplain RecordOutput#isFull is full} or there is nothing more at once. Returns after a bounded
     * piece of work (one buffer, say) in any case, at a record boundary.
     *
     * @throws Exception fails the job, with this message
     */
    ReadStatus read(RecordOutput output) throws Exception;

    /**
     * Writes a metadata value of the record that is being handed out into a column. Called during {@link RecordOutput#record}, so it should
     * be as cheap as the rest of the hot path.
     *
     * @param key place in {@link SourceContext#metadataKeys}
     */
    default void readMetadata(int key, Row row, int column) {
        throw new UnsupportedOperationException("no metadata");
    }

    /**
     * How many records it has left out because they had been handed out before and the outside sent them again. Asked once a turn of the loop.
     */
    default long repeated() {
        return 0;
    }

    /** How many records it has lost for want of room, where an option allows that. Asked once a turn of the loop. */
    default long dropped() {
        return 0;
    }

    /** Where the record handed out last stands, for messages: {@code file readings.json, line 7, offset 812}. May be slow. */
    String location();

    /**
     * Where reading stands, for people who look on while it goes on: as {@link #location}, but without what it would take time to find out. Asked of
     * an open reader, also before its first record.
     */
    default String currentLocation() {
        return location();
    }

    /**
     * Whether reading can go on from a {@linkplain #writePosition position}. One that can't begins, after a restart, with whatever its outside
     * gives then, and the job says so.
     */
    default boolean hasPosition() {
        return false;
    }

    /**
     * Whether {@link #writePosition} can be asked for what another reader of the table takes over while the job runs. A reader that has no position
     * to go on from after a restart may have this nevertheless: what it holds in memory, say. If {@link #read} is called after all, it goes on itself.
     */
    default boolean handsOver() {
        return hasPosition();
    }

    /**
     * The form of the positions that this reader writes: a number that rises whenever the form changes. Positions are bytes that say nothing of
     * the connector's classes, since another version of its bundle may read them.
     */
    default int positionVersion() {
        return 1;
    }

    /**
     * Whether positions of that form can be {@linkplain #restorePosition restored}. Asked of a reader that is not open, by whatever thread made it,
     * before another version of the connector hands over to this one; saying no keeps the job with what it has.
     */
    default boolean acceptsPosition(int version) {
        return version == positionVersion();
    }

    /**
     * Writes where reading stands: what it takes to go on with the record behind the last one handed out. Called between two calls of
     * {@link #read}; never blocks.
     */
    default void writePosition(BinaryWriter output) throws Exception {
        throw new UnsupportedOperationException("no position");
    }

    /**
     * Has {@link #open} begin at a position that a reader of this table wrote. Called before it, at most once.
     *
     * @param version the form in which it was written
     * @throws PositionException if the form is not known, or the outside no longer has what comes behind the position
     */
    default void restorePosition(int version, BinaryReader position) throws Exception {
        throw new UnsupportedOperationException("no position");
    }

    /**
     * As {@link #restorePosition}, where the table's {@linkplain SourceContext#subtask shares} were others: has {@link #open} begin with this reader's share
     * of all that was left then. Each of as many readers as there are now is told the same.
     *
     * @param version   the form in which the positions were written
     * @param positions of all readers that there were, those included that had come to their end and so have nothing left
     * @throws PositionException as there
     */
    default void restorePositions(int version, List<BinaryReader> positions) throws Exception {
        throw new PositionException("a position of other shares of the table is not taken up");
    }

    /**
     * Of a reader that takes over from another one, which reads on meanwhile: does in advance what takes time, so that {@link #restorePosition} and
     * {@link #open}, which follow, keep the job waiting for as short as can be. It may block: connect, load classes, even fetch ahead. It must not
     * disturb the other reader, so it leaves alone whatever only one of the two can have. Called at most once, on a thread of its own; {@link #close}
     * may follow at once.
     *
     * @param version  the form of the position, which this reader {@linkplain #acceptsPosition accepts}
     * @param position where the other reader was a moment ago; what {@link #restorePosition} gives is the same or lies behind it
     * @throws Exception if it can't take over; the job goes on with the other one
     */
    default void prepare(int version, BinaryReader position) throws Exception {
    }

    /**
     * Whether another reader of the table can be opened before this one is closed, so that the job need not wait for that. Asked when the other one is
     * about to take over, after {@link #writePosition} and the last {@link #read}; only {@link #close} follows.
     */
    default boolean closesLater() {
        return false;
    }

    /**
     * Says that a position, in this reader's own form, is part of a durable checkpoint: what lies before it will not be asked for again. Calls come
     * in order, between two calls of {@link #read}; not every position that was written becomes durable.
     */
    default void positionIsDurable(BinaryReader position) throws Exception {
    }

    /** Lets go of everything. Called once, also after a failure, and also when {@link #open} failed or was never called. */
    @Override
    void close() throws Exception;
}
