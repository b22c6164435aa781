package creek.core.internal.format.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.Row;
import creek.core.format.DecodeException;
import creek.core.internal.format.FormatHarness;
import creek.core.internal.format.RandomRows;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** A file of encoded rows decodes to the same rows again, line ends within fields included. */
class CsvRoundTripTest {
    private static final String SCHEMA = "e INT, a STRING, b BOOLEAN, c TINYINT, d SMALLINT, f BIGINT, g FLOAT, h DOUBLE, i DECIMAL(30, 12), "
            + "j DATE, k TIME(3), l TIMESTAMP(3), m TIMESTAMP(9), n TIMESTAMP_LTZ(3), o BYTES, p ARRAY<INT>, r ROW<x INT, y DOUBLE>, z STRING";

    @Test
    void randomRows() throws DecodeException {
        roundTrip(Map.of("null-literal", "NULL"));
    }

    @Test
    void randomRowsWithOtherCharacters() throws DecodeException {
        roundTrip(Map.of("null-literal", "\\N", "field-delimiter", "\\t", "quote-character", "'", "escape-character", "#",
                "array-element-delimiter", "|"));
    }

    private static void roundTrip(Map<String, String> options) throws DecodeException {
        FormatHarness harness = new FormatHarness(new CsvFormat(), options, SCHEMA);
        RandomRows rows = new RandomRows(43, 0.1, true);
        StringJoiner file = new StringJoiner("\n");
        StringJoiner shown = new StringJoiner("\n");
        for (int i = 0; i < 2000; i++) {
            Row row = rows.next(harness.schema());
            // An array whose one element is NULL, and an empty one, are the same text.
            if (!row.isNullAt(15) && row.getList(15).size() < 2) {
                row.setNull(15);
            }
            file.add(harness.encode(row));
            shown.add(harness.show(row));
        }
        assertEquals(shown.toString(), harness.decode(file.toString()));
    }
}
