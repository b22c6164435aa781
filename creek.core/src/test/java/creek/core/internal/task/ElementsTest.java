package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.connector.FixedRegistry;
import creek.core.connector.MemoryConnector;
import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.format.Format;
import creek.core.format.WantedColumn;
import creek.core.internal.format.cdc.DebeziumJsonFormat;
import creek.core.internal.format.csv.CsvFormat;
import creek.core.job.JobState;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Elements of arrays and maps in formats that decode these whole. */
@Timeout(300)
class ElementsTest {
    private static final DataType NUMBERS = DataType.array(DataType.integer());
    private static final DataType TEXTS = DataType.map(DataType.string(), DataType.string());

    private final MemoryConnector memory = new MemoryConnector(true);

    @Test
    void when_formatReadsNoElements_then_theEngineTakesThem() throws Exception {
        memory.source("in").records("a,1;2;3,b", "c,,d", "e,4,f").end();
        assertEquals(List.of("b,2,1", "d,null,null", "f,null,4"), rows(new CsvFormat(),
                Schema.empty().with("id", DataType.string()).with("n", NUMBERS).with("name", DataType.string()),
                new WantedColumn(2, List.of(), DataType.string()), new WantedColumn(1, List.of(), NUMBERS, 2),
                new WantedColumn(1, List.of(), NUMBERS, 1)));
    }

    @Test
    void when_aRecordHasSeveralRows_then_eachHasItsElements() throws Exception {
        memory.source("in").records("{\"before\":{\"t\":{\"a\":\"x\"}},\"after\":{\"t\":{\"b\":\"\",\"a\":\"y\"}},\"op\":\"u\"}",
                "{\"after\":{\"t\":{\"b\":\"z\"}},\"op\":\"c\"}").end();
        assertEquals(List.of("-Ux", "+Uy", "null"), rows(new DebeziumJsonFormat(), Schema.empty().with("t", TEXTS),
                new WantedColumn(0, List.of(), TEXTS, "a")));
    }

    private List<String> rows(Format format, Schema schema, WantedColumn... wanted) throws Exception {
        TableSource source = new TableSource("in", schema).option("connector", "memory").option("name", "in").option("format", "tested");
        Schema taken = Schema.empty();
        for (WantedColumn column : wanted) {
            source.read(column);
            taken = taken.with("c" + taken.size(), column.wantedType());
        }
        JobGraph graph = new JobGraph();
        graph.source("in", source).sink("out", new TableSink("out", taken).option("connector", "memory").option("name", "out"));
        Task task = new Task(graph, new TaskEnvironment("test", new FixedRegistry(Map.of("memory", memory), Map.of("tested", format)), Path.of(""),
                Path.of(""), Clock.systemUTC()));
        assertEquals(JobState.FINISHED, task.run(state -> { }));
        return memory.sink("out").rows;
    }
}
