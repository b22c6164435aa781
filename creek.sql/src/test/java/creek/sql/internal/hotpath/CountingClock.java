package creek.sql.internal.hotpath;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes on a millisecond each time that it is read, and counts that. */
final class CountingClock extends Clock {
    private static final long START = 1_700_000_000_000L;
    private long reads;

    long reads() {
        return reads;
    }

    @Override
    public synchronized long millis() {
        return START + reads++;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
