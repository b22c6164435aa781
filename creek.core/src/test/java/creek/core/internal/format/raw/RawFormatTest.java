package creek.core.internal.format.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.Row;
import creek.core.format.DecodeException;
import creek.core.internal.format.FormatHarness;
import creek.core.option.OptionException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RawFormatTest {
    @Test
    void linesAreStrings() throws DecodeException {
        FormatHarness harness = new FormatHarness(new RawFormat(), Map.of(), "line STRING");
        assertEquals("a, \"b\"\n\nZürich", harness.decode("a, \"b\"\n\nZürich"));
    }

    @Test
    void numbersInBothByteOrders() throws DecodeException {
        for (String type : new String[] {"BOOLEAN", "TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE"}) {
            for (String order : new String[] {"big-endian", "little-endian"}) {
                FormatHarness harness = new FormatHarness(new RawFormat(), Map.of("endianness", order), "v " + type);
                Row row = new Row(1);
                switch (type) {
                    case "BOOLEAN" -> row.setBoolean(0, true);
                    case "FLOAT" -> row.setFloat(0, -1.5f);
                    case "DOUBLE" -> row.setDouble(0, -1.5);
                    default -> row.setLong(0, -2);
                }
                Row again = harness.decodeRecord(harness.encodeBytes(row));
                assertEquals(harness.show(row), harness.show(again), type + " " + order);
            }
        }
        FormatHarness big = new FormatHarness(new RawFormat(), Map.of(), "v INT");
        assertEquals("16909060", big.show(big.decodeRecord(new byte[] {1, 2, 3, 4})));
        FormatHarness little = new FormatHarness(new RawFormat(), Map.of("endianness", "little-endian"), "v INT");
        assertEquals("67305985", little.show(little.decodeRecord(new byte[] {1, 2, 3, 4})));
    }

    @Test
    void otherCharsets() throws DecodeException {
        FormatHarness harness = new FormatHarness(new RawFormat(), Map.of("charset", "ISO-8859-1"), "v STRING");
        Row row = harness.decodeRecord(new byte[] {'Z', (byte) 0xFC});
        assertEquals("Zü", harness.show(row));
        assertEquals(2, harness.encodeBytes(row).length);
    }

    @Test
    void whatCanNotBe() {
        assertThrows(IllegalArgumentException.class, () -> new FormatHarness(new RawFormat(), Map.of(), "a INT, b INT"));
        assertThrows(IllegalArgumentException.class, () -> new FormatHarness(new RawFormat(), Map.of(), "a ARRAY<INT>"));
        assertThrows(OptionException.class, () -> new FormatHarness(new RawFormat(), Map.of("charset", "UTF-99"), "a STRING"));
        assertThrows(OptionException.class, () -> new FormatHarness(new RawFormat(), Map.of("endianness", "middle"), "a INT"));
        DecodeException e = assertThrows(DecodeException.class,
                () -> new FormatHarness(new RawFormat(), Map.of(), "a INT").decodeRecord(new byte[3]));
        assertEquals("a value of type INT takes 4 bytes, not 3", e.getMessage());
    }
}
