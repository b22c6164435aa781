package creek.core.function;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Arithmetic on primitive numbers beyond Java's operators: integers wrap around, doubles know Infinity and NaN. */
public final class Arithmetic {
    private static final double LN_2 = Math.log(2);

    private Arithmetic() {
    }

    public static byte abs(byte a) {
        return (byte) Math.abs(a);
    }

    public static short abs(short a) {
        return (short) Math.abs(a);
    }

    public static int abs(int a) {
        return Math.abs(a);
    }

    public static long abs(long a) {
        return Math.abs(a);
    }

    public static float abs(float a) {
        return Math.abs(a);
    }

    public static double abs(double a) {
        return Math.abs(a);
    }

    public static int sign(int a) {
        return Integer.signum(a);
    }

    public static byte sign(byte a) {
        return (byte) Integer.signum(a);
    }

    public static short sign(short a) {
        return (short) Integer.signum(a);
    }

    public static long sign(long a) {
        return Long.signum(a);
    }

    public static float sign(float a) {
        return Math.signum(a);
    }

    public static double sign(double a) {
        return Math.signum(a);
    }

    public static float floor(float a) {
        return (float) Math.floor(a);
    }

    public static double floor(double a) {
        return Math.floor(a);
    }

    public static float ceil(float a) {
        return (float) Math.ceil(a);
    }

    public static double ceil(double a) {
        return Math.ceil(a);
    }

    public static double log2(double a) {
        return Math.log(a) / LN_2;
    }

    /** Logarithm to a base. */
    public static double log(double base, double a) {
        return Math.log(a) / Math.log(base);
    }

    /** Half up (away from zero) at that digit after the point, or before it where {@code digits} is negative. */
    public static double round(double a, int digits) {
        return Double.isNaN(a) || Double.isInfinite(a) ? a
                : BigDecimal.valueOf(a).setScale(digits, RoundingMode.HALF_UP).doubleValue();
    }

    public static float round(float a, int digits) {
        return Float.isNaN(a) || Float.isInfinite(a) ? a
                : BigDecimal.valueOf((double) a).setScale(digits, RoundingMode.HALF_UP).floatValue();
    }

    public static byte round(byte a, int digits) {
        return (byte) round((long) a, digits);
    }

    public static short round(short a, int digits) {
        return (short) round((long) a, digits);
    }

    public static int round(int a, int digits) {
        return (int) round((long) a, digits);
    }

    public static long round(long a, int digits) {
        return digits >= 0 ? a : BigDecimal.valueOf(a).setScale(digits, RoundingMode.HALF_UP).longValue();
    }

    /** Towards zero at that digit after the point, or before it where {@code digits} is negative. */
    public static double truncate(double a, int digits) {
        return Double.isNaN(a) || Double.isInfinite(a) ? a
                : BigDecimal.valueOf(a).setScale(digits, RoundingMode.DOWN).doubleValue();
    }

    public static float truncate(float a, int digits) {
        return Float.isNaN(a) || Float.isInfinite(a) ? a
                : BigDecimal.valueOf((double) a).setScale(digits, RoundingMode.DOWN).floatValue();
    }

    public static byte truncate(byte a, int digits) {
        return (byte) truncate((long) a, digits);
    }

    public static short truncate(short a, int digits) {
        return (short) truncate((long) a, digits);
    }

    public static int truncate(int a, int digits) {
        return (int) truncate((long) a, digits);
    }

    public static long truncate(long a, int digits) {
        return digits >= 0 ? a : BigDecimal.valueOf(a).setScale(digits, RoundingMode.DOWN).longValue();
    }

    public static double log(double a) {
        return Math.log(a);
    }

    public static double cot(double a) {
        return 1.0d / Math.tan(a);
    }

    public static double pi() {
        return Math.PI;
    }

    public static double e() {
        return Math.E;
    }
}
