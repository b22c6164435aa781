import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * Prints N messages in one of three forms, the same ones for the same N: {@code csv}, the readings of {@link GenerateReadings}; {@code wide}, JSON of
 * sixty fields; {@code deep}, JSON of five levels.
 *
 * <p>Usage: {@code java GenerateMessages.java wide 1000000 > wide.json}.
 */
public final class GenerateMessages {
    private static final String[] STATUSES = {"ok", "ok", "ok", "warn", "fail"};
    private static final int FIELDS = 60;

    private final Random random = new Random(7);
    private final StringBuilder text = new StringBuilder(1 << 17);
    private long ts = 1_700_000_000_000L;

    private GenerateMessages() {
    }

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[1]);
        GenerateMessages messages = new GenerateMessages();
        IntConsumer form = switch (args[0]) {
            case "csv" -> i -> messages.reading();
            case "wide" -> i -> messages.wide();
            case "deep" -> messages::deep;
            default -> throw new IllegalArgumentException("csv, wide or deep, not " + args[0]);
        };
        try (OutputStream out = new BufferedOutputStream(System.out, 1 << 16)) {
            for (int i = 0; i < count; i++) {
                form.accept(i);
                if (messages.text.length() > 60_000 || i == count - 1) {
                    out.write(messages.text.toString().getBytes(StandardCharsets.ISO_8859_1));
                    messages.text.setLength(0);
                }
            }
        }
    }

    private void reading() {
        ts += random.nextInt(3);
        text.append("dev-").append(1000 + random.nextInt(1000)).append(',').append(ts).append(',');
        decimal(2000 + random.nextInt(1500)).append(',').append(20 + random.nextInt(71)).append(',').append(status()).append('\n');
    }

    private void wide() {
        for (int field = 1; field <= FIELDS; field++) {
            text.append(field == 1 ? "{\"f" : ",\"f").append(field).append("\":");
            switch (field % 4) {
                case 1 -> text.append('"').append(status()).append('-').append(random.nextInt(1000)).append('"');
                case 2 -> text.append(random.nextInt(1000));
                case 3 -> decimal(random.nextInt(100_000));
                default -> text.append(random.nextBoolean());
            }
        }
        text.append("}\n");
    }

    private void deep(int i) {
        text.append("{\"id\":").append(i).append(",\"site\":{\"name\":\"site-").append(random.nextInt(10)).append("\",\"line\":{\"number\":")
                .append(random.nextInt(20)).append(",\"machine\":{\"serial\":\"m-").append(random.nextInt(5000)).append("\",\"values\":{\"temperature\":");
        decimal(2000 + random.nextInt(1500)).append(",\"pressure\":");
        decimal(random.nextInt(500)).append(",\"samples\":[").append(random.nextInt(100)).append(',').append(random.nextInt(100)).append(',')
                .append(random.nextInt(100)).append("]}}}},\"tags\":{\"unit\":\"C\",\"shift\":\"").append(status()).append("\"}}\n");
    }

    private String status() {
        return STATUSES[random.nextInt(STATUSES.length)];
    }

    /** Two places after the point. */
    private StringBuilder decimal(int cents) {
        return text.append(cents / 100).append('.').append((char) ('0' + cents / 10 % 10)).append((char) ('0' + cents % 10));
    }
}
