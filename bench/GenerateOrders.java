import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * Prints N orders or their N payments as JSON lines, the same ones for the same N.
 *
 * <p>Usage: {@code java GenerateOrders.java orders 1000000 > orders.json}, and {@code payments} likewise. There is an order every millisecond
 * of event time ({@code ts}, epoch milliseconds) on average; each is paid once, within 20 seconds. Both streams are in order of time.
 */
public final class GenerateOrders {
    private static final int LATEST_PAYMENT = 20_000;
    private static final String[] METHODS = {"card", "transfer", "cash", "voucher"};

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[1]);
        Random random = new Random(11);
        long[] times = new long[count];
        long ts = 1_700_000_000_000L;
        for (int i = 0; i < count; i++) {
            ts += random.nextInt(3);
            times[i] = ts;
        }
        if (args[0].equals("orders")) {
            print(count, (i, line) -> line.append("{\"order_id\":\"order-").append(10_000_000 + i)
                    .append("\",\"customer\":\"customer-").append(1000 + random.nextInt(9000))
                    .append("\",\"amount\":").append(random.nextInt(1000)).append('.').append(10 + random.nextInt(90))
                    .append(",\"ts\":").append(times[i]).append("}\n"));
        } else {
            // time in the upper bits, the order's number in the lower
            long[] payments = new long[count];
            for (int i = 0; i < count; i++) {
                payments[i] = times[i] - times[0] + random.nextInt(LATEST_PAYMENT) << 24 | i;
            }
            Arrays.sort(payments);
            print(count, (i, line) -> line.append("{\"order_id\":\"order-").append(10_000_000 + (payments[i] & 0xFFFFFF))
                    .append("\",\"method\":\"").append(METHODS[random.nextInt(METHODS.length)])
                    .append("\",\"paid\":").append(random.nextInt(1000)).append('.').append(10 + random.nextInt(90))
                    .append(",\"ts\":").append(times[0] + (payments[i] >> 24)).append("}\n"));
        }
    }

    private interface Line {
        void append(int number, StringBuilder line);
    }

    private static void print(int count, Line record) throws Exception {
        StringBuilder line = new StringBuilder(1 << 16);
        try (OutputStream out = new BufferedOutputStream(System.out, 1 << 16)) {
            for (int i = 0; i < count; i++) {
                record.append(i, line);
                if (line.length() > 60_000 || i == count - 1) {
                    out.write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
                    line.setLength(0);
                }
            }
        }
    }
}
