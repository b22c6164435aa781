package creek.connector.file;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where several readers of a file are, so that none gets far ahead of the others: what it reads would pile up where its watermark waits for theirs, and it would
 * come to its end long before them. While it waits, the processor is theirs. Thread-safe.
 */
final class Pace {
    /** So many of its own stripes a reader may be ahead. */
    private static final int LEAD = 4;

    private final AtomicReferenceArray<Stripe> begun;

    Pace(int readers) {
        begun = new AtomicReferenceArray<>(readers);
    }

    /** Says which stripe a reader has begun; null if it reads none, so that nobody waits for it. */
    void begin(int reader, Stripe stripe) {
        begun.set(reader, stripe);
    }

    /** Whether no reader is so far behind in the stripe's file that it is to be waited for. */
    boolean mayBegin(Stripe stripe) {
        for (int i = 0; i < begun.length(); i++) {
            Stripe other = begun.get(i);
            if (other != null && other.number() + LEAD * begun.length() < stripe.number() && other.file().equals(stripe.file())) {
                return false;
            }
        }
        return true;
    }
}
