package creek.core.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.BinaryWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Dates are read and written as {@code java.time} does it. */
class DateTimeTextTest {
    @Test
    void everyDayOfTwelveThousandYears() {
        DateTimeParser parser = new DateTimeParser(false);
        TextWriter writer = new TextWriter();
        BinaryWriter output = new BinaryWriter();
        LocalDate date = LocalDate.of(-1000, 1, 1);
        for (long day = date.toEpochDay(); day < LocalDate.of(11_000, 1, 1).toEpochDay(); day += 13) {
            String text = LocalDate.ofEpochDay(day).toString();
            output.reset();
            writer.writeDate(day, output);
            assertEquals(text, new String(output.toBytes(), StandardCharsets.US_ASCII));
            assertEquals(day, parser.parseDate(output.bytes(), 0, output.size()));
        }
    }
}
