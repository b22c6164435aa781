package creek.core.operator;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;

/**
 * Epoch milliseconds to the milliseconds that a zone's clocks show, and back, as windows over TIMESTAMP_LTZ need it. Remembers the offset for
 * the time until the zone's next change, so that converting costs two comparisons.
 */
final class ZoneShift {
    private static final long HOUR = 3_600_000;

    private final ZoneId zone;
    /** Whether the offset never changes, so that converting back needs no calendar either. */
    private final boolean fixed;
    private long from;
    private long to;
    private long offset;

    /** @param zone null if times are local already */
    ZoneShift(ZoneId zone) {
        this.zone = zone;
        this.fixed = zone == null || zone.getRules().isFixedOffset();
        if (fixed) {
            from = Long.MIN_VALUE;
            to = Long.MAX_VALUE;
            offset = zone == null ? 0 : zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds() * 1000L;
        }
    }

    /** Whether clocks are never put forward or back. */
    boolean isFixed() {
        return fixed;
    }

    long toLocal(long epoch) {
        if (epoch < from || epoch >= to) {
            remember(epoch);
        }
        return epoch + offset;
    }

    private void remember(long epoch) {
        if (fixed) {
            return;
        }
        Instant instant = Instant.ofEpochMilli(epoch);
        offset = zone.getRules().getOffset(instant).getTotalSeconds() * 1000L;
        ZoneOffsetTransition next = zone.getRules().nextTransition(instant);
        from = epoch;
        to = next == null ? Long.MAX_VALUE : next.toEpochSecond() * 1000;
    }

    /** Where a local time exists twice, the earlier one; where it does not, as much later as clocks are put forward. */
    long toEpoch(long local) {
        return fixed ? local - offset : LocalDateTime.ofEpochSecond(Math.floorDiv(local, 1000L), Math.floorMod(local, 1000) * 1_000_000,
                ZoneOffset.UTC).atZone(zone).toInstant().toEpochMilli();
    }

    /**
     * The time at which clocks have passed a local time for good: where it exists twice, the later one; where it does not, the moment at which
     * clocks are put forward.
     */
    long toTimer(long local) {
        long first = toEpoch(local);
        if (fixed) {
            return first;
        }
        long hourLater = toEpoch(local + HOUR);
        return hourLater - first > HOUR ? first + HOUR : hourLater == first ? first - Math.floorMod(first, HOUR) : first;
    }
}
