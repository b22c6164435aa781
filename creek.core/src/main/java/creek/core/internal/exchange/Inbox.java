package creek.core.internal.exchange;

import creek.core.operator.KeySelector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** The exchanges of one subtask; none in a job that is not parallel. On the subtask's thread only. */
public final class Inbox {
    private static final long FLUSH_MILLIS = 5;

    private record Placed(int place, ExchangeOperator exchange) {
    }

    private final IntSupplier deepestPutOff;
    /** Those furthest down come first. */
    private final List<Placed> exchanges = new ArrayList<>();
    private long nextFlush = Long.MIN_VALUE;
    /** How many of them have heard from all other subtasks. */
    private int heard;

    /** @param deepestPutOff the place furthest down that has something put off, or -1 */
    public Inbox(IntSupplier deepestPutOff) {
        this.deepestPutOff = deepestPutOff;
    }

    /** Adds an exchange, which is further up than those that are there. */
    public ExchangeOperator add(KeySelector key, int place, Crossing crossing, int subtask) {
        ExchangeOperator exchange = new ExchangeOperator(key, place, crossing, subtask);
        exchanges.add(new Placed(place, exchange));
        return exchange;
    }

    /**
     * Takes what other subtasks have sent, some batches of each at most, where nothing further down is put off.
     *
     * @return whether there was any
     */
    public boolean receive() throws Exception {
        boolean any = false;
        for (int i = 0; i < exchanges.size(); i++) {
            Placed each = exchanges.get(i);
            if (deepestPutOff.getAsInt() > each.place) {
                break;
            }
            any |= each.exchange.receive();
        }
        return any;
    }

    /**
     * Whether all other subtasks have told what they know of time. Until they have, no source is read: those who have nothing to read would hold back the
     * watermark for nothing.
     */
    public boolean hasHeardFromAll() {
        for (; heard < exchanges.size(); heard++) {
            // those further up first: what they hear goes into what is told further down
            if (!exchanges.get(exchanges.size() - 1 - heard).exchange.hasHeardFromAll()) {
                return false;
            }
        }
        return true;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return exchanges.isEmpty();
    }

    /** Sends what waits to be sent, also if that is nothing, the first time: but further down not before all has come that is known further up. */
    public void flush() {
        for (int i = exchanges.size() - 1; i >= Math.max(0, exchanges.size() - 1 - heard); i--) {
            exchanges.get(i).exchange.flush();
        }
    }

    /** The same, every few milliseconds. */
    public void flushIfDue(long now) {
        if (now >= nextFlush || nextFlush - now > FLUSH_MILLIS) {
            nextFlush = now + FLUSH_MILLIS;
            flush();
        }
    }

    /**
     * Tells other subtasks where the cut of a checkpoint is, and takes what comes before theirs: exchange by exchange, since what comes in at one may go
     * out by those further down. Called when no source has begun a record and nothing is put off, until it is so.
     *
     * @return whether this subtask has all that belongs before the cut, and nothing else
     */
    public boolean align() throws Exception {
        for (int i = exchanges.size() - 1; i >= 0; i--) {
            if (!exchanges.get(i).exchange.stop() || !exchanges.get(i).exchange.isAligned()) {
                return false;
            }
        }
        return deepestPutOff.getAsInt() < 0;
    }

    /** Goes on behind the cut. */
    public void release() {
        for (Placed each : exchanges) {
            each.exchange.release();
        }
    }

    /**
     * Tells other subtasks that nothing more comes from this one. Called when its sources are at their end and nothing is put off.
     *
     * @return whether nothing more comes from the others either, and they know
     */
    public boolean end() {
        for (int i = exchanges.size() - 1; i >= 0; i--) {
            exchanges.get(i).exchange.end();
            if (!exchanges.get(i).exchange.hasEnded()) {
                return false;
            }
        }
        return deepestPutOff.getAsInt() < 0;
    }
}
