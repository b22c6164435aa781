package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.connector.FixedRegistry;
import creek.core.connector.MemoryConnector;
import creek.core.connector.MemoryConnector.BeginSplit;
import creek.core.connector.MemoryConnector.EndSplit;
import creek.core.connector.MemoryConnector.RecordStep;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.format.DecodeException;
import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.job.JobState;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.option.ConfigOption;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records with several rows: more than a batch of them, before the end of a split and of the input. */
@Timeout(300)
class SeveralRowsTest {
    private static final Schema SCHEMA = Schema.empty().with("n", DataType.bigint());

    private final MemoryConnector memory = new MemoryConnector(true);

    @Test
    void when_recordHasMoreRowsThanABatch_then_allComeInOrder() throws Exception {
        memory.source("in").add(new BeginSplit("x"), new RecordStep("0"), new RecordStep("1-3000"), new EndSplit("x"),
                new RecordStep("3001-3001")).end();
        Task task = task();
        assertEquals(JobState.FINISHED, task.run(state -> { }));
        assertEquals(IntStream.rangeClosed(1, 3001).mapToObj(Integer::toString).toList(), memory.sink("out").rows);
        assertEquals(3001, task.metrics().recordsIn());
    }

    @Test
    void when_laterRowIsWrong_then_jobFails() {
        memory.source("in").records("1-2000!").end();
        Task task = task();
        String message = assertThrows(TaskException.class, () -> task.run(state -> { })).getMessage();
        assertEquals("table 'in', record 1: row 2000 is wrong", message);
    }

    private Task task() {
        JobGraph graph = new JobGraph();
        graph.source("in", new TableSource("in", SCHEMA).option("connector", "memory").option("name", "in").option("format", "ranges").read("n"))
                .sink("out", new TableSink("out", SCHEMA).option("connector", "memory").option("name", "out"));
        return new Task(graph, new TaskEnvironment("test", new FixedRegistry(Map.of("memory", memory), Map.of("ranges", new Ranges())),
                Path.of(""), Path.of(""), Clock.systemUTC()));
    }

    /** {@code 3-5} is three rows; {@code 0} has none; with an exclamation mark the last row is wrong. */
    private static final class Ranges implements Format {
        @Override
        public List<ConfigOption<?>> options() {
            return List.of();
        }

        @Override
        public RowDecoder createDecoder(DecoderContext context) {
            return new RowDecoder() {
                private long next;
                private long last;
                private boolean wrong;

                @Override
                public boolean givesSeveralRows() {
                    return true;
                }

                @Override
                public boolean decode(byte[] bytes, int from, int to, Row row) throws DecodeException {
                    String[] parts = new String(bytes, from, to - from, StandardCharsets.UTF_8).split("[-!]");
                    wrong = bytes[to - 1] == '!';
                    next = Long.parseLong(parts[0]);
                    last = parts.length == 1 ? next - 1 : Long.parseLong(parts[1]);
                    return next(row);
                }

                @Override
                public boolean next(Row row) throws DecodeException {
                    if (next == last && wrong) {
                        throw new DecodeException("row " + last + " is wrong", 0);
                    }
                    row.setLong(0, next);
                    return next++ <= last;
                }
            };
        }

        @Override
        public RowEncoder createEncoder(EncoderContext context) {
            throw new UnsupportedOperationException("ranges are only read");
        }
    }
}
