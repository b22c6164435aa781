package creek.core.internal.format;

import java.math.BigInteger;

/**
 * The double closest to a decimal number of up to nineteen digits, by the method of Eisel and Lemire: one multiplication with a power of five
 * of 128 bits mostly tells how to round. Where it does not, the caller takes the long way.
 */
final class DecimalRounding {
    /** Not a result: the multiplication does not tell. */
    static final double UNDECIDED = Double.NaN;

    /** Powers of ten beyond are rare enough for the long way. */
    private static final int MAX_EXPONENT = 60;
    private static final long[] HIGH = new long[2 * MAX_EXPONENT + 1];
    private static final long[] LOW = new long[2 * MAX_EXPONENT + 1];
    /** The bits of a product below those of a double's fraction, its hidden bit and two more to round by. */
    private static final int SPARE_BITS = 9;
    private static final int FRACTION_BITS = 52;

    static {
        BigInteger five = BigInteger.valueOf(5);
        for (int q = -MAX_EXPONENT; q <= MAX_EXPONENT; q++) {
            BigInteger power = five.pow(Math.abs(q));
            BigInteger scaled;
            if (q < 0) {
                // The reciprocal: rounded up to 128 bits where 5^-q fits into a long, so that halves come out as such, else cut off.
                int bits = power.bitLength();
                scaled = BigInteger.ONE.shiftLeft(q >= -27 ? bits + 127 : 2 * bits + 128).divide(power).add(BigInteger.ONE);
            } else {
                scaled = power.shiftLeft(128);
            }
            scaled = scaled.shiftRight(scaled.bitLength() - 128);
            HIGH[q + MAX_EXPONENT] = scaled.shiftRight(64).longValue();
            LOW[q + MAX_EXPONENT] = scaled.longValue();
        }
    }

    private DecimalRounding() {
    }

    /** The double closest to {@code digits * 10^exponent}, or {@link #UNDECIDED}; {@code digits} is not negative. */
    static double toDouble(long digits, int exponent) {
        if (digits == 0) {
            return 0;
        }
        if (exponent < -MAX_EXPONENT || exponent > MAX_EXPONENT) {
            return UNDECIDED;
        }
        int leadingZeros = Long.numberOfLeadingZeros(digits);
        long factor = digits << leadingZeros;
        long power = HIGH[exponent + MAX_EXPONENT];
        long high = unsignedHigh(factor, power);
        long low = factor * power;
        if ((high & (1 << SPARE_BITS) - 1) == (1 << SPARE_BITS) - 1) {
            long more = unsignedHigh(factor, LOW[exponent + MAX_EXPONENT]);
            low += more;
            if (Long.compareUnsigned(more, low) > 0) {
                high++;
            }
        }
        if (low == -1) {
            return UNDECIDED;
        }
        int upper = (int) (high >>> 63);
        int shift = upper + SPARE_BITS;
        long mantissa = high >>> shift;
        // 217706 / 65536 is log2(10): the power of two below ten's.
        int biased = (217_706 * exponent >> 16) + 63 + upper - leadingZeros + 1023;
        if (biased <= 0) {
            return UNDECIDED;
        }
        // Exactly between two doubles: the even one.
        if (Long.compareUnsigned(low, 1) <= 0 && exponent >= -4 && exponent <= 23 && (mantissa & 3) == 1 && mantissa << shift == high) {
            mantissa &= ~1L;
        }
        mantissa = mantissa + (mantissa & 1) >>> 1;
        if (mantissa >= 1L << FRACTION_BITS + 1) {
            mantissa = 1L << FRACTION_BITS;
            biased++;
        }
        return Double.longBitsToDouble(mantissa & (1L << FRACTION_BITS) - 1 | (long) biased << FRACTION_BITS);
    }

    private static long unsignedHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }
}
