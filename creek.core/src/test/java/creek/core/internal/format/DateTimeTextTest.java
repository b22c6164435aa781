package creek.core.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Dates and times are read and written as {@code java.time} does it. */
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

    /** Also texts that are none, one character away from a timestamp, and dates that repeat. */
    @Test
    void timestampsAreWhatJavaReads() {
        DateTimeFormatter expected = new DateTimeFormatterBuilder().append(DateTimeFormatter.ISO_LOCAL_DATE).appendLiteral(' ')
                .appendPattern("HH:mm:ss").appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true).toFormatter();
        DateTimeParser parser = new DateTimeParser(false);
        Random random = new Random(5);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(String.format("2024-0%d-2%d %02d:%02d:%02d", 2 + random.nextInt(2), 7 + random.nextInt(3), random.nextInt(25),
                    random.nextInt(61), random.nextInt(61)));
            for (int digits = random.nextInt(11); digits > 0; digits--) {
                text.append(text.length() == 19 ? '.' : (char) ('0' + random.nextInt(10)));
            }
            if (random.nextInt(3) == 0) {
                text.setCharAt(random.nextInt(text.length()), " -.0123459:;/AZ\0\u00ff".charAt(random.nextInt(17)));
            }
            // other bytes around it, where more digits would be read
            byte[] bytes = ("12" + text + (random.nextBoolean() ? "12345678" : "")).getBytes(StandardCharsets.ISO_8859_1);
            String found;
            try {
                parser.parseTimestamp(bytes, 2, 2 + text.length(), false);
                found = parser.millis() + " " + parser.nanos();
            } catch (DateTimeException e) {
                found = "none";
            }
            assertEquals(read(expected, text.toString()), found, text.toString());
            read += found.equals("none") ? 0 : 1;
        }
        assertTrue(read > 50_000);
    }

    private static String read(DateTimeFormatter format, String text) {
        try {
            LocalDateTime time = LocalDateTime.from(format.parse(text));
            long millis = time.toInstant(ZoneOffset.UTC).toEpochMilli();
            return millis + " " + time.getNano() % 1_000_000;
        } catch (DateTimeException e) {
            return "none";
        }
    }
}
