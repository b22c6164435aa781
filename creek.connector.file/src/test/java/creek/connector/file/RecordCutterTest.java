package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.connector.testing.TestSource;
import creek.core.format.Framing;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordCutterTest {
    private static final int MAX = 1000;

    private final Random random = new Random(11);

    /** Gives a text in random portions, none among them. */
    private final class Portions implements ReadableByteChannel {
        private final ByteBuffer text;

        Portions(String text) {
            this.text = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int read(ByteBuffer target) {
            if (!text.hasRemaining()) {
                return -1;
            }
            int count = Math.min(random.nextInt(20), Math.min(target.remaining(), text.remaining()));
            target.put(text.slice().limit(count));
            text.position(text.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    void recordsAreTheSameHoweverTheBytesCome() throws Exception {
        for (int round = 0; round < 500; round++) {
            List<String> lines = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            List<Long> offsets = new ArrayList<>();
            for (int i = random.nextInt(30); i >= 0; i--) {
                String line = "ä\rb".repeat(random.nextInt(20)) + i;
                lines.add(line);
                offsets.add((long) text.toString().getBytes(StandardCharsets.UTF_8).length);
                text.append(line).append(i == 0 && random.nextBoolean() ? "" : random.nextBoolean() ? "\n" : "\r\n");
            }
            TestSource output = new TestSource(Path.of(""));
            RecordCutter cutter = new RecordCutter(Framing.LINES, MAX, 1 + random.nextInt(64));
            assertEquals(offsets, cut(cutter, new Portions(text.toString()), output));
            assertEquals(lines, output.records());
            assertEquals(lines.size(), cutter.recordCount());
        }
    }

    @Test
    void recordsWithoutDelimiterAreHandedOutWhole() throws Exception {
        Framing fours = new Framing() {
            @Override
            public int findEnd(byte[] bytes, int from, int to) {
                return to - from < 4 ? -1 : from + 4;
            }

            @Override
            public boolean isDelimited() {
                return false;
            }
        };
        TestSource output = new TestSource(Path.of(""));
        assertEquals(List.of(0L, 4L, 8L), cut(new RecordCutter(fours, MAX, 5), new Portions("abc\rde\r\nf\r"), output));
        assertEquals(List.of("abc\r", "de\r\n", "f\r"), output.records());
    }

    /** The offsets of all records. */
    private static List<Long> cut(RecordCutter cutter, ReadableByteChannel source, TestSource output) throws Exception {
        List<Long> offsets = new ArrayList<>();
        output.withCapacity(1);
        for (boolean ended = false; !ended;) {
            int before = output.records().size();
            output.makeRoom();
            if (cutter.drain(output) && cutter.fill(source) < 0) {
                cutter.drainLast(output);
                ended = true;
            }
            if (output.records().size() > before) {
                offsets.add(cutter.recordOffset());
            }
        }
        return offsets;
    }
}
