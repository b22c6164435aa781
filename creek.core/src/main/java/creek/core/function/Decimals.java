package creek.core.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * DECIMAL arithmetic. Results are rounded half up to the precision and scale of the result type; a result that does not fit is null.
 */
public final class Decimals {
    /** Digits that a quotient is computed to before it is rounded. */
    private static final MathContext QUOTIENT = new MathContext(38, RoundingMode.HALF_UP);

    private Decimals() {
    }

    public static BigDecimal add(BigDecimal a, BigDecimal b, int precision, int scale) {
        return NumberCasts.fit(a.add(b), precision, scale);
    }

    public static BigDecimal subtract(BigDecimal a, BigDecimal b, int precision, int scale) {
        return NumberCasts.fit(a.subtract(b), precision, scale);
    }

    public static BigDecimal multiply(BigDecimal a, BigDecimal b, int precision, int scale) {
        return NumberCasts.fit(a.multiply(b), precision, scale);
    }

    /** @throws ArithmeticException for a division by zero */
    public static BigDecimal divide(BigDecimal a, BigDecimal b, int precision, int scale) {
        if (b.signum() == 0) {
            throw new ArithmeticException("/ by zero");
        }
        return NumberCasts.fit(a.divide(b, QUOTIENT), precision, scale);
    }

    /** @throws ArithmeticException for a division by zero */
    public static BigDecimal remainder(BigDecimal a, BigDecimal b, int precision, int scale) {
        if (b.signum() == 0) {
            throw new ArithmeticException("/ by zero");
        }
        return NumberCasts.fit(a.remainder(b), precision, scale);
    }

    public static BigDecimal abs(BigDecimal a) {
        return a.abs();
    }

    /** -1, 0 or 1 in the argument's scale. */
    public static BigDecimal sign(BigDecimal a) {
        return BigDecimal.valueOf(a.signum()).setScale(a.scale());
    }

    public static BigDecimal floor(BigDecimal a) {
        return a.setScale(0, RoundingMode.FLOOR);
    }

    public static BigDecimal ceil(BigDecimal a) {
        return a.setScale(0, RoundingMode.CEILING);
    }

    /** Half up at that digit after the point, or before it where {@code digits} is negative. */
    public static BigDecimal round(BigDecimal a, int digits, int precision, int scale) {
        return NumberCasts.fit(digits >= a.scale() ? a : a.setScale(digits, RoundingMode.HALF_UP), precision, scale);
    }

    /** Towards zero at that digit after the point, or before it where {@code digits} is negative. */
    public static BigDecimal truncate(BigDecimal a, int digits, int precision, int scale) {
        return NumberCasts.fit(digits >= a.scale() ? a : a.setScale(digits, RoundingMode.DOWN), precision, scale);
    }

    /** A literal of generated code. */
    public static BigDecimal of(String unscaled, int scale) {
        return new BigDecimal(new BigInteger(unscaled), scale);
    }
}
