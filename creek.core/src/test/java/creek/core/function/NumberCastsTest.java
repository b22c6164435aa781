package creek.core.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberCastsTest {
    private final Random random = new Random(11);

    @Test
    void integersAreReadAsBigIntegerReadsThem() {
        for (int i = 0; i < 4_000; i++) {
            BigInteger number = new BigInteger(1 + random.nextInt(66), random).multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1));
            Utf8 text = Utf8.of(number + (random.nextInt(4) == 0 ? "." + random.nextInt(1000) : ""));
            if (number.bitLength() < Long.SIZE) {
                assertEquals(number.longValue(), NumberCasts.toLong(text));
            } else {
                assertThrows(CastException.class, () -> NumberCasts.toLong(text));
            }
            if (number.bitLength() < Integer.SIZE) {
                assertEquals(number.intValue(), NumberCasts.toInt(text));
            } else {
                assertThrows(CastException.class, () -> NumberCasts.toInt(text));
            }
        }
        assertEquals(Long.MIN_VALUE, NumberCasts.toLong(Utf8.of("-9223372036854775808")));
        assertThrows(CastException.class, () -> NumberCasts.toLong(Utf8.of("9223372036854775808")));
        assertEquals(Byte.MIN_VALUE, NumberCasts.toByte(Utf8.of(" -128 ")));
    }

    @Test
    void whatIsNoNumberIsNamedWithTheType() {
        for (String text : new String[] {"", " ", "-", "+", "1e3", "1_0", "0x1", "１", "1.2.3", "--1", "\t7"}) {
            CastException e = assertThrows(CastException.class, () -> NumberCasts.toInt(Utf8.of(text)), text);
            assertEquals("can't cast '" + text + "' to INT", e.getMessage());
        }
    }

    @Test
    void decimalsAreRoundedHalfUpAndNullWhereTheyDoNotFit() {
        for (int i = 0; i < 4_000; i++) {
            BigDecimal number = new BigDecimal(new BigInteger(random.nextInt(120), random), random.nextInt(40) - 5);
            int precision = 1 + random.nextInt(38);
            int scale = random.nextInt(precision + 1);
            BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_UP);
            BigDecimal cast = NumberCasts.toDecimal(number, precision, scale);
            if (rounded.precision() <= precision) {
                assertEquals(rounded, cast);
            } else {
                assertNull(cast);
            }
        }
    }

    /** What Flink 2.2.0 reads as a DECIMAL(5, 2): short strings are read leniently, and counted before they are rounded. */
    @Test
    void decimalsOfStringsAreThoseOfFlink() {
        String[] texts = {"12.345", "12.35", "999.995", "1000.00", " 7 ", "7.00", "1e2", "100.00", "1E-1", "0.10", ".5", "0.50", "5.", "5.00", "+.5", "0.50",
            "-", null, ".", "0.00", "1L", "1.00", "1.5f", "1.50", "e1", "0.00", "1e", "1.00", "1..2", null, "1_0", null, "00012", null, "9999", null,
            "1e-50", null, "1e-15", "0.00", "abc", null, "x", "0.00", "\u0663", null, "000000000000000012.345", "12.35", "0000000000000000012.34x", null};
        for (int i = 0; i < texts.length; i += 2) {
            String text = texts[i];
            if (texts[i + 1] == null) {
                assertThrows(CastException.class, () -> NumberCasts.toDecimal(Utf8.of(text), 5, 2), text);
            } else {
                assertEquals(texts[i + 1], NumberCasts.toDecimal(Utf8.of(text), 5, 2).toPlainString(), text);
            }
        }
    }

    @Test
    void when_exponentIsHuge_then_refusedAtOnce() {
        assertNull(NumberCasts.toDecimal(new BigDecimal("1E+999999999"), 38, 0));
        assertThrows(CastException.class, () -> NumberCasts.toDecimal(Utf8.of("1E+999999999"), 38, 0));
        Utf8 huge = Utf8.of("7".repeat(9_000_000));
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertThrows(CastException.class, () -> NumberCasts.toDecimal(huge, 38, 0)));
    }

    @Test
    void decimalArithmeticIsThatOfBigDecimal() {
        for (int i = 0; i < 4_000; i++) {
            BigDecimal a = new BigDecimal(new BigInteger(60, random), random.nextInt(10));
            BigDecimal b = new BigDecimal(new BigInteger(60, random), random.nextInt(10)).negate();
            assertEquals(a.add(b).setScale(9, RoundingMode.HALF_UP), Decimals.add(a, b, 38, 9));
            assertEquals(a.subtract(b).setScale(9, RoundingMode.HALF_UP), Decimals.subtract(a, b, 38, 9));
            BigDecimal product = a.multiply(b).setScale(2, RoundingMode.HALF_UP);
            assertEquals(product.precision() > 38 ? null : product, Decimals.multiply(a, b, 38, 2));
            if (b.signum() != 0) {
                assertTrue(a.divide(b, 10, RoundingMode.HALF_UP).subtract(Decimals.divide(a, b, 38, 10)).abs()
                        .compareTo(new BigDecimal("1E-10")) <= 0);
            }
        }
        assertThrows(ArithmeticException.class, () -> Decimals.divide(BigDecimal.ONE, BigDecimal.ZERO, 10, 2));
    }
}
