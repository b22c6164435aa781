package creek.sql.internal.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;
import creek.core.function.CastException;
import creek.sql.internal.type.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.junit.jupiter.api.Test;

/** DECIMAL arithmetic and casts of numbers in generated code, against {@link BigDecimal} over random values. */
class NumberPropertyTest {
    private static final int ROWS = 80;
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final Random random = new Random(21);

    private record Decimal(int precision, int scale) {
        DataType type() {
            return DataType.decimal(precision, scale);
        }

        BigDecimal fit(BigDecimal number) {
            BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_UP);
            return rounded.precision() > precision ? null : rounded;
        }

        /** Fewer digits where there are too many, but at least 6 of the fraction, as long as there are so many. */
        static Decimal of(int precision, int scale) {
            return precision <= 38 ? new Decimal(precision, scale)
                    : new Decimal(38, Math.max(38 - (precision - scale), Math.min(scale, 6)));
        }
    }

    private static RelDataType rowType(DataType... columns) {
        RelDataTypeFactory.Builder builder = ScalarQuery.TYPES.builder();
        for (int i = 0; i < columns.length; i++) {
            builder.add("c" + i, Types.toRelType(ScalarQuery.TYPES, columns[i]));
        }
        return builder.build();
    }

    private Decimal randomType() {
        int precision = 1 + random.nextInt(38);
        return new Decimal(precision, random.nextInt(precision + 1));
    }

    private BigDecimal randomValue(Decimal type) {
        BigInteger limit = BigInteger.TEN.pow(1 + random.nextInt(type.precision()));
        BigInteger digits = new BigInteger(limit.bitLength() + 8, random).mod(limit);
        return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), type.scale());
    }

    private static String text(BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }

    @Test
    void decimalArithmeticIsThatOfBigDecimal() throws Exception {
        for (int i = 0; i < 10; i++) {
            Decimal a = randomType();
            Decimal b = randomType();
            int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
            int scale = Math.max(a.scale(), b.scale());
            int quotient = Math.max(6, a.scale() + b.precision() + 1);
            List<Decimal> results = List.of(Decimal.of(whole + scale + 1, scale), Decimal.of(whole + scale + 1, scale),
                    Decimal.of(a.precision() + b.precision() + 1, a.scale() + b.scale()),
                    Decimal.of(a.precision() - a.scale() + b.scale() + quotient, quotient));
            ScalarQuery query = new ScalarQuery("t", rowType(a.type(), b.type()),
                    "SELECT c0 + c1, c0 - c1, c0 * c1, c0 / c1, -c0, c0 < c1, c0 = c1 FROM t", UTC);
            for (int k = 0; k < results.size(); k++) {
                assertEquals(results.get(k).type(), Types.toDataType(query.types.get(k)), a + " " + b + " " + k);
            }
            for (int k = 0; k < ROWS; k++) {
                BigDecimal x = randomValue(a);
                BigDecimal y = randomValue(b);
                if (y.signum() != 0) {
                    List<BigDecimal> exact = List.of(x.add(y), x.subtract(y), x.multiply(y), x.divide(y, new MathContext(38, RoundingMode.HALF_UP)));
                    List<String> wanted = new ArrayList<>();
                    for (int r = 0; r < exact.size(); r++) {
                        wanted.add(text(results.get(r).fit(exact.get(r))));
                    }
                    wanted.addAll(List.of(text(x.negate()), x.compareTo(y) < 0 ? "TRUE" : "FALSE", x.compareTo(y) == 0 ? "TRUE" : "FALSE"));
                    assertEquals(wanted, query.run(decimals(x, y)), () -> x + " and " + y + ": " + query.types);
                }
            }
        }
    }

    private static Row decimals(BigDecimal... values) {
        Row row = new Row(values.length);
        for (int i = 0; i < values.length; i++) {
            row.setObject(i, values[i]);
        }
        return row;
    }

    @Test
    void decimalsAreCastAsBigDecimalIsConverted() throws Exception {
        for (int i = 0; i < 10; i++) {
            Decimal from = randomType();
            Decimal to = randomType();
            ScalarQuery query = new ScalarQuery("t", rowType(from.type()), "SELECT CAST(c0 AS DECIMAL(" + to.precision() + ", " + to.scale() + ")), "
                    + "CAST(c0 AS TINYINT), CAST(c0 AS INT), CAST(c0 AS BIGINT), CAST(c0 AS DOUBLE), CAST(c0 AS FLOAT), CAST(c0 AS STRING), "
                    + "TRY_CAST(CAST(c0 AS STRING) AS DECIMAL(" + from.precision() + ", " + from.scale() + ")) FROM t", UTC);
            for (int k = 0; k < ROWS; k++) {
                BigDecimal x = randomValue(from);
                // the zero before the point of a short string counts as a digit, as in Flink
                boolean crowded = from.precision() == from.scale() && from.precision() <= 18 && text(x).length() <= 18;
                assertEquals(Arrays.asList(text(to.fit(x)), String.valueOf(x.byteValue()), String.valueOf(x.intValue()), String.valueOf(x.longValue()),
                        String.valueOf(x.doubleValue()), String.valueOf(x.floatValue()), text(x), crowded ? null : text(x)), query.run(decimals(x)), () -> from + " to " + to + ": " + x);
            }
        }
    }

    @Test
    void numbersAreCastAsJavaDoes() throws Exception {
        ScalarQuery query = new ScalarQuery("t", rowType(DataType.bigint(), DataType.doublePrecision()),
                "SELECT CAST(c0 AS TINYINT), CAST(c0 AS SMALLINT), CAST(c0 AS INT), CAST(c0 AS FLOAT), CAST(c0 AS DOUBLE), CAST(c0 AS DECIMAL(20, 1)), "
                + "CAST(c0 AS STRING), c0 + c0, c0 * c0, CAST(c1 AS TINYINT), CAST(c1 AS SMALLINT), CAST(c1 AS INT), CAST(c1 AS BIGINT), CAST(c1 AS FLOAT), "
                + "CAST(c1 AS STRING), CAST(c1 AS DECIMAL(38, 10)), CAST(CAST(c1 AS STRING) AS DOUBLE) FROM t", UTC);
        for (int i = 0; i < 20 * ROWS; i++) {
            long l = random.nextLong() >> random.nextInt(Long.SIZE);
            double d = random.nextInt(4) == 0 ? random.nextLong() / 1000d : Math.scalb(random.nextGaussian(), random.nextInt(120) - 60);
            Row row = new Row(2);
            row.setLong(0, l);
            row.setDouble(1, d);
            assertEquals(Arrays.asList(String.valueOf((byte) l), String.valueOf((short) l), String.valueOf((int) l), String.valueOf((float) l),
                    String.valueOf((double) l), text(new Decimal(20, 1).fit(BigDecimal.valueOf(l))), String.valueOf(l), String.valueOf(l + l),
                    String.valueOf(l * l), String.valueOf((byte) d), String.valueOf((short) d), String.valueOf((int) d), String.valueOf((long) d),
                    String.valueOf((float) d), String.valueOf(d), text(new Decimal(38, 10).fit(BigDecimal.valueOf(d))), String.valueOf(d)), query.run(row),
                    () -> l + " and " + d);
        }
    }

    @Test
    void stringsAreReadAsBigDecimalReadsThem() throws Exception {
        List<String> types = List.of("TINYINT", "SMALLINT", "INT", "BIGINT", "DECIMAL(38, 10)", "DOUBLE");
        List<Function<BigDecimal, Object>> readers = List.of(x -> whole(x, Byte.SIZE), x -> whole(x, Short.SIZE), x -> whole(x, Integer.SIZE),
                x -> whole(x, Long.SIZE), x -> text(new Decimal(38, 10).fit(x)), BigDecimal::doubleValue);
        for (int k = 0; k < types.size(); k++) {
            ScalarQuery cast = new ScalarQuery("t", rowType(DataType.string()), "SELECT CAST(c0 AS " + types.get(k) + ") FROM t", UTC);
            ScalarQuery tried = new ScalarQuery("t", rowType(DataType.string()), "SELECT TRY_CAST(c0 AS " + types.get(k) + ") FROM t", UTC);
            for (int i = 0; i < 5 * ROWS; i++) {
                BigDecimal x = new BigDecimal(new BigInteger(random.nextInt(90), random), random.nextInt(12)).multiply(BigDecimal.valueOf(random.nextInt(3) - 1L));
                Row row = new Row(1);
                row.setUtf8(0, Utf8.of(" " + x.toPlainString() + " "));
                Object wanted = readers.get(k).apply(x);
                String text = wanted == null ? null : wanted.toString();
                assertEquals(text, tried.run(row).get(0), x.toPlainString());
                assertEquals(text, castOrNull(cast, row), x.toPlainString());
            }
        }
    }

    private static BigInteger whole(BigDecimal number, int bits) {
        BigInteger whole = number.toBigInteger();
        return whole.bitLength() < bits ? whole : null;
    }

    private static String castOrNull(ScalarQuery cast, Row row) throws Exception {
        try {
            return cast.run(row).get(0);
        } catch (CastException e) {
            return null;
        }
    }
}
