package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class StandardInputTest {
    private final Semaphore wakeUps = new Semaphore(0);

    /** Reads so many bytes at most, waiting for the first of them; null at the end. */
    private String read(ReadableByteChannel channel, int most) throws Exception {
        ByteBuffer target = ByteBuffer.allocate(most);
        int count = channel.read(target);
        while (count == 0) {
            wakeUps.acquire();
            count = channel.read(target);
        }
        return count < 0 ? null : new String(target.array(), 0, count, StandardCharsets.UTF_8);
    }

    @Test
    void whatOneReaderLeavesTheNextOneGets() throws Exception {
        PipedOutputStream pipe = new PipedOutputStream();
        StandardInput input = new StandardInput(new PipedInputStream(pipe));
        ReadableByteChannel first = input.open(wakeUps::release);
        assertEquals(0, first.read(ByteBuffer.allocate(10)));
        pipe.write("abcdef".getBytes());
        pipe.flush();
        assertEquals("ab", read(first, 2));
        first.close();
        pipe.write("ghi".getBytes());
        pipe.close();
        ReadableByteChannel second = input.open(wakeUps::release);
        assertEquals("cdef", read(second, 100));
        assertEquals("ghi", read(second, 100));
        assertEquals(null, read(second, 100));
        second.close();
        assertEquals(null, read(input.open(wakeUps::release), 100));
    }

    @Test
    void oneReaderHasItAtATime() throws Exception {
        StandardInput input = new StandardInput(new ByteArrayInputStream("a".getBytes()));
        ReadableByteChannel first = input.open(wakeUps::release);
        String message = assertThrows(IOException.class, () -> input.open(wakeUps::release)).getMessage();
        assertEquals("standard input is being read already; a table of it can be read at one place, by one job at a time", message);
        assertEquals("a", read(first, 10));
        first.close();
        ReadableByteChannel second = input.open(wakeUps::release);
        // once more does not take it from the other
        first.close();
        assertThrows(IOException.class, () -> input.open(wakeUps::release));
        second.close();
    }

    @Test
    void moreThanAllBuffersGoesThrough() throws Exception {
        String text = IntStream.range(0, 100_000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        ReadableByteChannel channel = new StandardInput(new ByteArrayInputStream(text.getBytes())).open(wakeUps::release);
        StringBuilder all = new StringBuilder();
        for (String part = read(channel, 10_000); part != null; part = read(channel, 10_000)) {
            all.append(part);
        }
        assertEquals(text, all.toString());
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
                    return 1;
                }
                throw new IOException("no more");
            }
        };
        ReadableByteChannel channel = new StandardInput(broken).open(wakeUps::release);
        assertEquals("a", read(channel, 10));
        assertEquals("no more", assertThrows(IOException.class, () -> read(channel, 10)).getMessage());
    }
}
