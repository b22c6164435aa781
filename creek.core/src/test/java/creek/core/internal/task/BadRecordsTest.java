package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.connector.FixedRegistry;
import creek.core.connector.MemoryConnector;
import creek.core.connector.PairFormat;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.job.JobState;
import creek.core.job.Stream;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.operator.Operator;
import creek.core.option.OptionException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that can't be decoded: left out, or handed to a table for them. */
@Timeout(300)
class BadRecordsTest {
    private static final Schema SCHEMA = Schema.empty().with("text", DataType.string()).with("n", DataType.bigint());

    private final MemoryConnector memory = new MemoryConnector(true);

    @Test
    void when_badRecordsAreSkipped_then_othersComeAndTheyAreCounted() throws Exception {
        memory.source("in").records("a,1", "nonsense", "b,2").end();
        Task task = task(Map.of("decode.on-error", "skip"), false);
        assertEquals(JobState.FINISHED, task.run(state -> { }));
        assertEquals(List.of("a,1", "b,2"), memory.sink("out").rows);
        assertEquals(1, task.metrics().skipped());
    }

    @Test
    void when_thereIsATableForThem_then_itGetsThemWithPlaceAndReason() throws Exception {
        memory.source("in").records("a,1", "nonsense", "b,2").end();
        Task task = task(Map.of("decode.on-error", "dead-letter", "decode.dead-letter-table", "bad"), true);
        assertEquals(JobState.FINISHED, task.run(state -> { }));
        assertEquals(List.of("a,1", "b,2"), memory.sink("out").rows);
        assertEquals(List.of("in,record 2,not a number at byte 0"), memory.sink("bad").rows);
        assertEquals(1, task.metrics().skipped());
    }

    @Test
    void when_deadLettersHaveNoTable_then_thatIsRefused() {
        String message = assertThrows(OptionException.class, () -> task(Map.of("decode.on-error", "dead-letter"), false).run(state -> { }))
                .getMessage();
        assertEquals("table 'in': 'decode.on-error' = 'dead-letter' and 'decode.dead-letter-table' go together: the second names the table that bad "
                + "records are written to", message);
    }

    /** The texts of a dead letter. */
    private static final class Texts extends Operator {
        private final Row texts = new Row(3);

        @Override
        public void process(Row row) throws Exception {
            for (int i = 0; i < texts.arity(); i++) {
                texts.setFrom(i, row, i);
            }
            output.process(texts);
        }
    }

    private Task task(Map<String, String> options, boolean deadLetters) {
        JobGraph graph = new JobGraph();
        TableSource source = new TableSource("in", SCHEMA).option("connector", "memory").option("name", "in").option("format", "pair")
                .read("text").read("n");
        options.forEach(source::option);
        Stream rows = graph.source("in", source);
        rows.sink("out", new TableSink("out", SCHEMA).option("connector", "memory").option("name", "out"));
        if (deadLetters) {
            rows.deadLetters().then("texts", new Texts()).sink("bad", new TableSink("bad", Schema.empty().with("source_table", DataType.string())
                    .with("location", DataType.string()).with("reason", DataType.string())).option("connector", "memory").option("name", "bad"));
        }
        return new Task(graph, new TaskEnvironment("test", new FixedRegistry(Map.of("memory", memory), Map.of("pair", new PairFormat())),
                Path.of(""), Path.of(""), Clock.systemUTC()));
    }
}
