package creek.core.data;

/**
 * A point in time finer than a millisecond: the internal form of TIMESTAMP(4..9) and TIMESTAMP_LTZ(4..9). Coarser ones are plain
 * {@code long} milliseconds.
 *
 * @param millis milliseconds since 1970-01-01 00:00 (of the zone-less calendar for TIMESTAMP, of UTC for TIMESTAMP_LTZ)
 * @param nanos  nanoseconds within the millisecond, 0 to 999 999
 */
public record Timestamp(long millis, int nanos) implements Comparable<Timestamp> {
    public Timestamp {
        if (nanos < 0 || nanos > 999_999) {
            throw new IllegalArgumentException("nanos of a millisecond must be 0 to 999999: " + nanos);
        }
    }

    public static Timestamp ofMillis(long millis) {
        return new Timestamp(millis, 0);
    }

    @Override
    public int compareTo(Timestamp other) {
        int byMillis = Long.compare(millis, other.millis);
        return byMillis != 0 ? byMillis : Integer.compare(nanos, other.nanos);
    }
}
