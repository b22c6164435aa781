package creek.connector.file;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where several readers of a file are, so that none gets far ahead of the others: what it reads would pile up where its watermark waits for theirs, and it would
 * come to its end long before them. While it waits, the processor is theirs. The one furthest behind never waits. Thread-safe.
 */
final class Pace {
    /** Who has not come by for so long may be kept by something else, another table or a pause, and is not waited for until it comes. */
    private static final long LONGEST_WAIT_MILLIS = 1000;

    /** A stripe that a reader has begun or is about to begin, and when it came by last. */
    private record Place(Stripe stripe, long millis) {
    }

    /** By reader; null if it reads nothing. */
    private final AtomicReferenceArray<Place> places;
    /** By reader, what to call when another one goes on; null if it does not wait. */
    private final AtomicReferenceArray<Runnable> waiting;

    Pace(int readers) {
        places = new AtomicReferenceArray<>(readers);
        waiting = new AtomicReferenceArray<>(readers);
    }

    /**
     * Says that a reader has come to a stripe, which it begins if no other is so far behind in the same file that it is to be waited for.
     *
     * @param wakeUp called once, from any thread, when another goes on; but nobody tells when one is not waited for any more
     * @return whether it begins it; if not, it is to ask again
     */
    boolean begin(int reader, Stripe stripe, long now, Runnable wakeUp) {
        Place before = places.getAndSet(reader, new Place(stripe, now));
        if (before == null || before.stripe != stripe) {
            wakeUp();
        }
        if (!isNear(reader, stripe, now)) {
            waiting.set(reader, wakeUp);
            // another may have gone on just before
            if (!isNear(reader, stripe, now)) {
                return false;
            }
        }
        waiting.set(reader, null);
        return true;
    }

    /** Says that a reader reads nothing any more. */
    void end(int reader) {
        waiting.set(reader, null);
        places.set(reader, null);
        wakeUp();
    }

    private void wakeUp() {
        for (int i = 0; i < waiting.length(); i++) {
            Runnable reader = waiting.get(i);
            if (reader != null && waiting.compareAndSet(i, reader, null)) {
                reader.run();
            }
        }
    }

    /** Whether all others have come to the round of stripes before this one. */
    private boolean isNear(int reader, Stripe stripe, long now) {
        long behind = stripe.from() - places.length() * stripe.size();
        for (int i = 0; i < places.length(); i++) {
            Place other = places.get(i);
            if (i != reader && other != null && other.stripe.from() < behind && other.stripe.file().path().equals(stripe.file().path())
                    && Math.abs(now - other.millis) < LONGEST_WAIT_MILLIS) {
                return false;
            }
        }
        return true;
    }
}
