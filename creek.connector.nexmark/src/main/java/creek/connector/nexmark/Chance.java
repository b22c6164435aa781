package creek.connector.nexmark;

/**
 * Numbers that look random and follow from the seed, the event and the draw: an event is the same whichever of its columns are read, and in
 * whatever order.
 */
final class Chance {
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private final long seed;

    Chance(long seed) {
        this.seed = mix(seed + STEP);
    }

    /** 64 bits. */
    long bits(long event, int draw) {
        return mix(seed + event * STEP ^ draw * 0xD1B54A32D192ED03L);
    }

    /** The mixing function of SplittableRandom. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /** A number from 0 to less than {@code bound}. */
    long below(long event, int draw, long bound) {
        return Math.floorMod(bits(event, draw), bound);
    }

    /** A number from 0 to less than 1. */
    double unit(long event, int draw) {
        return (bits(event, draw) >>> 11) * UNIT;
    }

    /** A price in cents: most are low, some reach a million units. */
    long price(long event, int draw) {
        return Math.round(Math.pow(10, unit(event, draw) * 6) * 100);
    }
}
