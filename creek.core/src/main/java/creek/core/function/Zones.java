package creek.core.function;

import creek.core.data.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/** TIMESTAMP_LTZ (an instant) to TIMESTAMP (what clocks of a zone show) and back. */
public final class Zones {
    private Zones() {
    }

    public static long toLocal(long millis, ZoneId zone) {
        return millis + offset(millis, zone) * 1000L;
    }

    public static Timestamp toLocal(Timestamp timestamp, ZoneId zone) {
        return new Timestamp(toLocal(timestamp.millis(), zone), timestamp.nanos());
    }

    /** Clock times in a gap are moved on by the gap's length; of two possible instants the earlier is taken. */
    public static long toInstant(long localMillis, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        if (rules.isFixedOffset()) {
            return localMillis - rules.getOffset(Instant.EPOCH).getTotalSeconds() * 1000L;
        }
        long seconds = Math.floorDiv(localMillis, 1000L);
        LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
        return local.atZone(zone).toEpochSecond() * 1000L + (localMillis - seconds * 1000L);
    }

    public static Timestamp toInstant(Timestamp local, ZoneId zone) {
        return new Timestamp(toInstant(local.millis(), zone), local.nanos());
    }

    private static int offset(long millis, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        return rules.getOffset(rules.isFixedOffset() ? Instant.EPOCH : Instant.ofEpochMilli(millis)).getTotalSeconds();
    }
}
