package creek.core.internal.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.RowBuffer;
import creek.core.data.RowSerializer;
import creek.core.data.Schema;
import creek.core.format.DecodeException;
import creek.core.internal.format.csv.CsvFormat;
import creek.core.internal.format.json.JsonFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers are read and written exactly as Java's own classes do it. */
class NumberTextTest {
    private final Random random = new Random(46);

    @Test
    void numbersInJson() throws DecodeException {
        FormatHarness harness = new FormatHarness(new JsonFormat(), Map.of(), "d DOUBLE, f FLOAT, c DECIMAL(38, 6), l BIGINT");
        for (int i = 0; i < 20_000; i++) {
            String number = jsonNumber();
            Row row = harness.decodeRecord(("{\"d\":" + number + ",\"f\":" + number + ",\"c\":" + number + "}")
                    .getBytes(StandardCharsets.US_ASCII));
            assertSame(number, row);
            row = harness.decodeRecord(("{\"d\" : \" " + number + "\",\"f\":\"" + number + " \",\"c\":\" " + number + "\" }")
                    .getBytes(StandardCharsets.US_ASCII));
            assertSame(number, row);
        }
    }

    private static void assertSame(String number, Row row) {
        assertEquals(Double.parseDouble(number), row.getDouble(0), number);
        assertEquals(Float.parseFloat(number), row.getFloat(1), number);
        BigDecimal rounded = new BigDecimal(number).setScale(6, RoundingMode.HALF_UP);
        assertEquals(rounded.precision() > 38 ? null : rounded, row.isNullAt(2) ? null : row.getDecimal(2), number);
    }

    private String jsonNumber() {
        StringBuilder number = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
        int integerDigits = 1 + random.nextInt(random.nextInt(4) == 0 ? 25 : 9);
        number.append(integerDigits == 1 ? random.nextInt(10) : 1 + random.nextInt(9));
        appendDigits(integerDigits - 1, number);
        if (random.nextInt(3) > 0) {
            appendDigits(1 + random.nextInt(random.nextInt(4) == 0 ? 25 : 9), number.append('.'));
        }
        if (random.nextInt(5) == 0) {
            number.append(random.nextBoolean() ? 'e' : 'E').append(new String[] {"", "+", "-"}[random.nextInt(3)])
                    .append(random.nextInt(random.nextBoolean() ? 400 : 25));
        }
        return number.toString();
    }

    private void appendDigits(int count, StringBuilder number) {
        for (int i = 0; i < count; i++) {
            number.append((char) ('0' + random.nextInt(10)));
        }
    }

    @Test
    void integersOfAllLengths() throws DecodeException {
        FormatHarness harness = new FormatHarness(new JsonFormat(), Map.of(), "l BIGINT");
        for (int i = 0; i < 20_000; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            for (String text : new String[] {String.valueOf(number), "\"" + number + "\"", " \"+" + Math.abs(number >> 1) + "\""}) {
                long expected = text.startsWith(" ") ? Math.abs(number >> 1) : number;
                Row row = harness.decodeRecord(("{\"l\":" + text + "}").getBytes(StandardCharsets.US_ASCII));
                assertEquals(expected, row.getLong(0), text);
            }
        }
    }

    @Test
    void numbersInCsv() throws DecodeException {
        FormatHarness harness = new FormatHarness(new CsvFormat(), Map.of(), "l BIGINT, d DOUBLE, t TINYINT, n INT");
        for (int i = 0; i < 20_000; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            String text = jsonNumber();
            byte small = (byte) random.nextInt();
            int medium = random.nextInt() >> random.nextInt(32);
            String blanks = " ".repeat(random.nextInt(3));
            Row row = harness.decodeRecord((blanks + number + "," + text + blanks + "," + small + "," + blanks + medium).getBytes(StandardCharsets.US_ASCII));
            assertEquals(number, row.getLong(0));
            assertEquals(Double.parseDouble(text), row.getDouble(1), text);
            assertEquals(small, row.getByte(2));
            assertEquals(medium, row.getInt(3));
        }
        for (String bad : new String[] {"128", "-129", "1x", "", "1.0", "12345678901234567890", "1234567\u00E9", "--1", "+"}) {
            assertThrows(DecodeException.class, () -> harness.decodeRecord(("1,2," + bad + ",3").getBytes(StandardCharsets.UTF_8)), bad);
        }
        for (String bad : new String[] {"1..2", ".", "1.2.3", "12x", "", "1,5", "1.5\u00E9"}) {
            assertThrows(DecodeException.class, () -> harness.decodeRecord(("1," + bad + ",2,3").getBytes(StandardCharsets.UTF_8)), bad);
        }
    }

    @Test
    void doublesAsText() {
        TextWriter writer = new TextWriter();
        BinaryWriter output = new BinaryWriter();
        for (int i = 0; i < 50_000; i++) {
            double number = switch (i % 4) {
                case 0 -> random.nextInt(2_000_000_000) / Math.pow(10, random.nextInt(10));
                case 1 -> random.nextLong() / Math.pow(10, random.nextInt(20));
                case 2 -> Double.longBitsToDouble(random.nextLong());
                default -> -random.nextInt(100_000) / 100.0;
            };
            output.reset();
            writer.writeDouble(number, output);
            assertEquals(Double.toString(number), new String(output.toBytes(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void floatsAsText() {
        TextWriter writer = new TextWriter();
        BinaryWriter output = new BinaryWriter();
        for (int i = 0; i < 50_000; i++) {
            float number = i % 3 == 0 ? Float.intBitsToFloat(random.nextInt())
                    : (float) (random.nextInt(2_000_000_000) / Math.pow(10, random.nextInt(10))) * (i % 2 == 0 ? 1 : -1);
            output.reset();
            writer.writeFloat(number, output);
            assertEquals(Float.toString(number), new String(output.toBytes(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void doublesCloseToTheMiddleOfTwo() {
        for (int i = 0; i < 50_000; i++) {
            double lower = random.nextDouble() * Math.pow(10, random.nextInt(20) - 4);
            BigDecimal middle = new BigDecimal(lower).add(new BigDecimal(Math.nextUp(lower))).divide(BigDecimal.valueOf(2));
            String exact = middle.toPlainString();
            String text = exact.length() > 20 ? exact.substring(0, 15 + random.nextInt(5)) : exact;
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            assertEquals(Double.parseDouble(text), NumberParser.parseDouble(bytes, 0, bytes.length), text);
            long digits = (random.nextLong() >>> 10) * 2 + 1;
            text = digits + "e" + (random.nextInt(140) - 70);
            bytes = text.getBytes(StandardCharsets.US_ASCII);
            assertEquals(Double.parseDouble(text), NumberParser.parseDouble(bytes, 0, bytes.length), text);
        }
    }

    @Test
    void longsAsText() {
        TextWriter writer = new TextWriter();
        BinaryWriter output = new BinaryWriter();
        for (int i = 0; i < 10_000; i++) {
            long number = i == 0 ? Long.MIN_VALUE : random.nextLong() >> random.nextInt(64);
            output.reset();
            writer.writeLong(number, output);
            assertEquals(Long.toString(number), new String(output.toBytes(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void hugeExponentsCostNothing() {
        assertEquals(null, decimal("1e2147483647", DataType.decimal(38, 18)));
        assertEquals(BigDecimal.ZERO.setScale(18), decimal("-1e-2147483647", DataType.decimal(38, 18)));
    }

    /** Whether they are kept as objects or as numbers, decimals are those of BigDecimal: read, written as text and as bytes, copied and compared. */
    @Test
    void decimalsAsText() {
        for (int i = 0; i < 20_000; i++) {
            BigDecimal number = new BigDecimal(new BigInteger(random.nextInt(80), random), random.nextInt(24) - 2);
            if (random.nextBoolean()) {
                number = number.negate();
            }
            int precision = 1 + random.nextInt(38);
            DataType type = DataType.decimal(precision, random.nextInt(precision + 1));
            BigDecimal expected = number.setScale(type.scale(), RoundingMode.HALF_UP);
            String text = random.nextBoolean() ? number.toPlainString() : number.toString();
            assertEquals(expected.precision() > precision ? null : expected, decimal(text, type), () -> text + " as " + type);
        }
    }

    private static BigDecimal decimal(String text, DataType type) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Row row = new Row(1);
        NumberParser.readDecimal(bytes, 0, bytes.length, type, row, 0);
        if (row.isNullAt(0)) {
            return null;
        }
        BinaryWriter plain = new BinaryWriter();
        new TextWriter().writeDecimal(row, 0, true, plain);
        BinaryWriter scientific = new BinaryWriter();
        new TextWriter().writeDecimal(row, 0, false, scientific);
        RowSerializer serializer = new RowSerializer(Schema.empty().with("d", type));
        BinaryWriter written = new BinaryWriter();
        serializer.write(row, written);
        Row passedOn = new Row(1);
        passedOn.setFrom(0, row, 0);
        RowBuffer buffer = new RowBuffer();
        buffer.add(row);
        Row buffered = new Row(1);
        buffer.get(0, buffered);
        BigDecimal decimal = row.copy().getDecimal(0);
        assertEquals(decimal, buffered.getDecimal(0));
        assertEquals(decimal, passedOn.getDecimal(0));
        assertEquals(decimal.toPlainString(), new String(plain.toBytes(), StandardCharsets.US_ASCII));
        assertEquals(decimal.toString(), new String(scientific.toBytes(), StandardCharsets.US_ASCII));
        Row object = new Row(1);
        object.setObject(0, decimal);
        BinaryWriter ofObject = new BinaryWriter();
        serializer.write(object, ofObject);
        assertArrayEquals(ofObject.toBytes(), written.toBytes());
        Row read = new Row(1);
        serializer.read(new BinaryReader(written.toBytes()), read);
        assertEquals(object, read);
        assertEquals(row, object);
        assertEquals(object.hashCode(), read.hashCode());
        return decimal;
    }
}
