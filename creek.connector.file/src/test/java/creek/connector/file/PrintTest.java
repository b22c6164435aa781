package creek.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.testing.TestSink;
import creek.core.connector.ChangelogMode;
import creek.core.connector.EndOfOutputException;
import creek.core.connector.SinkWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PrintTest {
    private static final Row ROW = TestSink.row("a", null, 1);

    private static TestSink sink(String... options) {
        return new TestSink(Path.of(""), options);
    }

    private static String print(TestSink sink, Row... rows) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SinkWriter writer = open(sink, out)) {
            for (Row row : rows) {
                writer.write(row);
            }
            writer.finish();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static SinkWriter open(TestSink sink, OutputStream out) throws Exception {
        SinkWriter writer = new PrintWriter(sink, out, "standard output");
        writer.open();
        return writer;
    }

    @Test
    void rowsArePrintedInFlinksForm() throws Exception {
        Row deleted = ROW.copy();
        deleted.setKind(RowKind.DELETE);
        assertEquals("+I[a, null, 1970-01-02]\n-D[a, null, 1970-01-02]\n", print(sink(), ROW, deleted));
        assertEquals("out> +I[a, null, 1970-01-02]\n", print(sink("print-identifier", "out"), ROW));
    }

    @Test
    void rowsArePrintedInTheFormatThatIsGiven() throws Exception {
        assertEquals("a,b,1\n", print(sink("format", "test"), TestSink.row("a", "b", 1)));
        assertEquals(ChangelogMode.INSERT_ONLY, new PrintConnector().accepts(sink("format", "test").options(), ChangelogMode.INSERT_ONLY));
        assertEquals(ChangelogMode.ALL, new PrintConnector().accepts(sink().options(), ChangelogMode.INSERT_ONLY));
    }

    @Test
    void anotherVersionPrintsBehindWhatTheOldOneHas() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SinkWriter writer = open(sink("format", "test"), out);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            if (i % 1000 == 999) {
                SinkWriter old = writer;
                writer = new PrintWriter(sink("format", "test"), out, "standard output");
                assertTrue(writer.canTakeOver(old.commitVersion()));
                assertEquals(List.of(), writer.takeOver(old.commitVersion(), List.of()));
                old.close();
                writer.open();
            }
            writer.write(TestSink.row("a", "b", i));
            expected.append("a,b,").append(i).append('\n');
        }
        writer.finish();
        writer.close();
        assertEquals(expected.toString(), out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void pipeWhoseReaderHasGoneIsTheEndOfOutput() throws Exception {
        // A reader that closes its end of the pipe, says so, and lives on, since Java itself closes the pipe to a process that has ended.
        Process reader = new ProcessBuilder("sh", "-c", "exec 0<&-; echo closed; exec sleep 60").start();
        try (SinkWriter writer = open(sink(), reader.getOutputStream())) {
            assertEquals("closed", reader.inputReader().readLine());
            writer.write(ROW);
            assertThrows(EndOfOutputException.class, writer::finish);
            assertThrows(EndOfOutputException.class, writer::flush);
            assertTrue(writer.isReady(), "so that the next write tells");
        } finally {
            reader.destroy();
            reader.waitFor();
        }
    }

    @Test
    void fullDiskIsAFailure() throws Exception {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full));
        try (OutputStream out = new FileOutputStream(full.toFile()); SinkWriter writer = open(sink(), out)) {
            writer.write(ROW);
            IOException problem = assertThrows(IOException.class, writer::finish);
            assertEquals("can't write to standard output: No space left on device", problem.getMessage());
            assertFalse(problem instanceof EndOfOutputException);
        }
    }

    @Test
    void slowReaderMakesTheSinkNotReadyButBlocksNothing() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                try {
                    reading.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                super.write(bytes, offset, length);
            }
        };
        int rows = 0;
        try (SinkWriter writer = open(sink(), out)) {
            for (; writer.isReady(); rows++) {
                writer.write(ROW);
                assertTrue(rows < 1_000_000, "never full");
            }
            writer.write(ROW);
            writer.flush();
            reading.countDown();
            writer.finish();
        }
        assertEquals(rows + 1, out.toString(StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void whatIsBufferedWhenAJobFailsIsPrinted() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SinkWriter writer = open(sink(), out)) {
            writer.write(ROW);
        }
        assertEquals("+I[a, null, 1970-01-02]\n", out.toString(StandardCharsets.UTF_8));
    }
}
