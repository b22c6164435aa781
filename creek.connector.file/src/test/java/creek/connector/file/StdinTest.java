package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.testing.TestSource;
import creek.core.connector.ReadStatus;
import creek.core.connector.SourceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StdinTest {
    private final TestSource source = new TestSource(Path.of(""));

    /** Reads, waiting whenever there is nothing, until the condition holds or the input ends. */
    private ReadStatus readUntil(int records) throws Exception {
        ReadStatus status = source.readAll();
        while (status != ReadStatus.END_OF_INPUT && source.records().size() < records) {
            source.awaitWakeUp();
            status = source.readAll();
        }
        return status;
    }

    @Test
    void recordsComeAsTheyArePipedAndEndWithTheInput() throws Exception {
        PipedOutputStream pipe = new PipedOutputStream();
        try (SourceReader reader = source.open(new StdinReader(source, new PipedInputStream(pipe)))) {
            assertEquals(ReadStatus.NOTHING_NOW, source.readAll());
            pipe.write("a\nb".getBytes());
            pipe.flush();
            assertEquals(ReadStatus.NOTHING_NOW, readUntil(1));
            assertEquals(List.of("a"), source.records());
            pipe.write("b\nc".getBytes());
            pipe.close();
            assertEquals(ReadStatus.END_OF_INPUT, readUntil(Integer.MAX_VALUE));
            assertEquals(List.of("a", "bb", "c"), source.records());
            assertEquals("standard input, record 3, offset 5", reader.location());
        }
    }

    @Test
    void moreThanAllBuffersGoesThrough() throws Exception {
        List<String> lines = IntStream.range(0, 100_000).mapToObj(i -> "line " + i).toList();
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        try (SourceReader reader = source.open(new StdinReader(source, new ByteArrayInputStream(text)))) {
            assertEquals(ReadStatus.END_OF_INPUT, readUntil(Integer.MAX_VALUE));
        }
        assertEquals(lines, source.records());
    }

    @Test
    void failureComesAfterWhatWasReadBefore() throws Exception {
        InputStream broken = new InputStream() {
            private boolean first = true;

            @Override
            public int read() {
                throw new AssertionError("not asked for single bytes");
            }

            @Override
            public int read(byte[] target) throws IOException {
                if (first) {
                    first = false;
                    target[0] = 'a';
                    target[1] = '\n';
                    return 2;
                }
                throw new IOException("no more");
            }
        };
        try (SourceReader reader = source.open(new StdinReader(source, broken))) {
            String message = assertThrows(IOException.class, () -> readUntil(Integer.MAX_VALUE)).getMessage();
            assertEquals("can't read standard input: no more", message);
        }
        assertEquals(List.of("a"), source.records());
    }

    @Test
    void standardInputIsBounded() {
        assertTrue(new StdinConnector().isBounded(source.options()));
    }
}
