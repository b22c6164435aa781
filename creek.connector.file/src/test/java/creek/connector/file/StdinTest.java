package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.testing.TestSource;
import creek.core.connector.PositionException;
import creek.core.connector.ReadStatus;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.format.Framing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StdinTest {
    private final Pipe pipe = new Pipe();
    private final TestSource source = new TestSource(Path.of("")).withStandardInput(pipe);

    /** What is piped in, by and by. */
    private static final class Pipe implements ReadableByteChannel {
        private final Queue<ByteBuffer> parts = new ArrayDeque<>();
        private boolean ended;
        private IOException failure;

        void write(String text) {
            parts.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            ByteBuffer part = parts.peek();
            if (part == null) {
                if (failure != null) {
                    throw failure;
                }
                return ended ? -1 : 0;
            }
            int count = Math.min(part.remaining(), target.remaining());
            target.put(part.array(), part.position(), count);
            part.position(part.position() + count);
            if (!part.hasRemaining()) {
                parts.remove();
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // what was not read stays for the next reader
        }
    }

    private static List<String> lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
    }

    @Test
    void recordsComeAsTheyArePipedAndEndWithTheInput() throws Exception {
        try (SourceReader reader = source.open(new StdinReader(source))) {
            assertEquals(ReadStatus.NOTHING_NOW, source.readAll());
            pipe.write("a\nb");
            assertEquals(ReadStatus.NOTHING_NOW, source.readAll());
            assertEquals(List.of("a"), source.records());
            pipe.write("b\nc");
            pipe.ended = true;
            assertEquals(ReadStatus.END_OF_INPUT, source.readAll());
            assertEquals(List.of("a", "bb", "c"), source.records());
            assertEquals("standard input, record 3, offset 5", reader.location());
        }
    }

    @Test
    void moreThanTheBufferGoesThrough() throws Exception {
        List<String> lines = lines(100_000);
        pipe.write(String.join("\n", lines));
        pipe.ended = true;
        try (SourceReader reader = source.open(new StdinReader(source))) {
            assertEquals(ReadStatus.END_OF_INPUT, source.readAll());
        }
        assertEquals(lines, source.records());
    }

    @Test
    void failureComesAfterWhatWasReadBefore() throws Exception {
        pipe.write("a\n");
        pipe.failure = new IOException("no more");
        try (SourceReader reader = source.open(new StdinReader(source))) {
            assertEquals("can't read standard input: no more", assertThrows(IOException.class, source::readAll).getMessage());
        }
        assertEquals(List.of("a"), source.records());
    }

    @Test
    void whatWasReadAheadIsHandedOver() throws Exception {
        List<String> lines = lines(60_000);
        String text = String.join("\n", lines) + "\n";
        Random random = new Random(1);
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(20_000));
            pipe.write(text.substring(from, to));
            from = to;
        }
        pipe.ended = true;
        SourceReader reader = new StdinReader(source);
        assertFalse(reader.hasPosition());
        assertTrue(reader.handsOver());
        source.open(reader);
        int switches = 0;
        while (source.read(1 + random.nextInt(3_000)) != ReadStatus.END_OF_INPUT) {
            String location = reader.location();
            reader = source.restart(new StdinConnector());
            switches++;
            assertEquals(location.replaceAll(", offset.*", ""), reader.location().replaceAll(", offset.*", ""));
        }
        reader.close();
        assertEquals(lines, source.records());
        assertTrue(switches > 20);
    }

    /** Formats with a header see it again, since each version has a decoder of its own. */
    @Test
    void aHeaderIsHandedOutToEachDecoder() throws Exception {
        source.withFraming(new Framing() {
            @Override
            public int findEnd(byte[] bytes, int from, int to) {
                return LINES.findEnd(bytes, from, to);
            }

            @Override
            public boolean isDelimited() {
                return true;
            }

            @Override
            public boolean hasHeader() {
                return true;
            }
        });
        source.open(new StdinReader(source));
        List<String> expected = new ArrayList<>();
        source.restart(new StdinConnector());
        pipe.write("he");
        source.readAll();
        source.restart(new StdinConnector());
        pipe.write("ad\na\nb\nc\n");
        while (source.records().size() < 2) {
            source.read(2 - source.records().size());
        }
        expected.addAll(List.of("head", "a"));
        source.restart(new StdinConnector());
        pipe.ended = true;
        source.readAll();
        expected.addAll(List.of("head", "b", "c"));
        assertEquals(expected, source.records());
    }

    @Test
    void positionsOfAnotherFormAreRefused() throws Exception {
        source.open(new StdinReader(source));
        byte[] position = source.position();
        SourceReader other = new StdinReader(source);
        assertFalse(other.acceptsPosition(7));
        assertThrows(PositionException.class, () -> other.restorePosition(7, new BinaryReader(position)));
        assertThrows(PositionException.class, () -> other.restorePosition(1, new BinaryReader(new byte[] {1, 2, 3})));
    }

    @Test
    void standardInputIsBounded() {
        assertTrue(new StdinConnector().isBounded(source.options()));
    }
}
