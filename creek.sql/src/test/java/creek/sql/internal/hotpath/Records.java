package creek.sql.internal.hotpath;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;

/** Records in one array, the same ones each time. */
final class Records {
    static final int DEVICES = 100;
    private static final String[] STATUSES = {"ok", "ok", "ok", "warn", "fail"};

    private final byte[] bytes;
    private final int[] starts;

    private Records(String[] texts) {
        starts = new int[texts.length + 1];
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < texts.length; i++) {
            all.append(texts[i]);
            starts[i + 1] = all.length();
        }
        // Decoders may read a word beyond.
        bytes = all.append(" ".repeat(8)).toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A reading of one of the devices. */
    private record Reading(String device, long ts, String temperature, int humidity, String status) {
    }

    private interface Form {
        String text(Reading reading);
    }

    private static Records of(int count, Form form) {
        Random random = new Random(7);
        long[] ts = {1_700_000_000_000L};
        return new Records(IntStream.range(0, count).mapToObj(i -> {
            ts[0] += random.nextInt(20);
            return form.text(new Reading("dev-" + (1000 + random.nextInt(DEVICES)), ts[0], 20 + random.nextInt(15) + "." + (10 + random.nextInt(90)),
                    20 + random.nextInt(71), STATUSES[random.nextInt(STATUSES.length)]));
        }).toArray(String[]::new));
    }

    static Records json(int count) {
        return of(count, each -> String.format("{\"device\":\"%s\",\"ts\":%d,\"temperature\":%s,\"humidity\":%d,\"status\":\"%s\"}", each.device,
                each.ts, each.temperature, each.humidity, each.status));
    }

    static Records csv(int count) {
        return of(count, each -> String.format("%s,%d,%s,%d,%s", each.device, each.ts, each.temperature, each.humidity, each.status));
    }

    /** Sixty fields, of which some are those of the others. */
    static Records wide(int count) {
        return of(count, each -> {
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < 57; i++) {
                text.append("\"f").append(i).append(i % 3 == 0 ? "\":\"text\"," : "\":" + i + ".5,");
            }
            return text.append(String.format("\"device\":\"%s\",\"ts\":%d,\"temperature\":%s}", each.device, each.ts, each.temperature)).toString();
        });
    }

    static Records deep(int count) {
        return of(count, each -> String.format("{\"head\":{\"id\":\"%s\",\"at\":{\"ts\":%d}},\"body\":{\"values\":{\"temperature\":%s}}}", each.device,
                each.ts, each.temperature));
    }

    /** With an array and a map. */
    static Records tagged(int count) {
        return of(count, each -> String.format("{\"body\":{\"samples\":[%d,%s,1.5]},\"tags\":{\"status\":\"%s\",\"device\":\"%s\"}}", each.humidity,
                each.temperature, each.status, each.device));
    }

    /** With a decimal and a timestamp. */
    static Records precise(int count) {
        return of(count, each -> String.format("{\"device\":\"%s\",\"at\":\"2024-02-29 23:%02d:%02d.%03d\",\"price\":%s}", each.device,
                each.ts / 60_000 % 60, each.ts / 1000 % 60, each.ts % 1000, each.temperature));
    }

    static Records preciseCsv(int count) {
        return of(count, each -> String.format("%s,2024-02-29 23:%02d:%02d.%03d,%s", each.device, each.ts / 60_000 % 60, each.ts / 1000 % 60, each.ts % 1000,
                each.temperature));
    }

    int size() {
        return starts.length - 1;
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int record) {
        return starts[record];
    }

    int end(int record) {
        return starts[record + 1];
    }
}
