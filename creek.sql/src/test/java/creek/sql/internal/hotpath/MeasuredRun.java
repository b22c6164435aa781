package creek.sql.internal.hotpath;

import creek.core.connector.ChangelogMode;
import creek.core.connector.Connector;
import creek.core.connector.ConnectorRegistry;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.Row;
import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.internal.format.csv.CsvFormat;
import creek.core.internal.format.json.JsonFormat;
import creek.core.internal.task.JobGraph;
import creek.core.internal.task.Task;
import creek.core.internal.task.TaskEnvironment;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.core.state.StateBackend;
import creek.sql.CompiledJob;
import creek.sql.internal.JobLoader;
import creek.sql.internal.Planner;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One run of a script over records that are in memory, from the connector {@code memory} to the connector {@code blackhole}. What it costs is taken
 * on the job's thread, over the second half of the records: by then what is kept for good has been made.
 */
final class MeasuredRun implements ConnectorRegistry {
    private final Map<String, Records> tables;
    private final Path folder;
    private final CountingClock clock = new CountingClock();
    private final CountingBackend backend = new CountingBackend();
    private final long total;

    private long handed;
    private long reads;
    private long rowsOut;
    private int wantedColumns;
    private Counts half;
    private Counts end;

    /** @param tables the records of each table of connector {@code memory} */
    MeasuredRun(Map<String, Records> tables, Path folder) {
        this.tables = tables;
        this.folder = folder;
        total = tables.values().stream().mapToLong(Records::size).sum();
    }

    private record Counts(long bytes, long clockReads, long reads, long storeReads) {
    }

    /** Runs a script with one INSERT to its end. */
    Work run(String script) throws Exception {
        CompiledJob job = new Planner(this).openSession().compile(script, "job");
        JobGraph graph = JobLoader.graph(job);
        new Task(graph, new TaskEnvironment("job", this, folder, folder, clock)).run(state -> {
        });
        double records = total - total / 2;
        return new Work((end.bytes - half.bytes) / records, (end.clockReads - half.clockReads) * 1000 / records,
                (end.reads - half.reads) * 1000 / records, end.storeReads - half.storeReads, wantedColumns, rowsOut, backend.puts(),
                backend.checkpoints());
    }

    /**
     * What a run cost.
     *
     * @param bytes         allocated by the job's thread, a record
     * @param clockReads    of the engine's clock, for a thousand records
     * @param reads         calls of {@link SourceReader#read}, for a thousand records
     * @param storeReads    look-ups in the state store
     * @param wantedColumns that the formats were asked to decode
     * @param rows          that came out
     * @param entries       written to the state store, in all
     * @param checkpoints   that were complete, in all
     */
    record Work(double bytes, double clockReads, double reads, long storeReads, int wantedColumns, long rows, long entries, long checkpoints) {
    }

    private Counts counts() {
        long bytes = ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
        return new Counts(bytes, clock.reads(), reads, backend.reads());
    }

    private final class Reader implements SourceReader {
        private final Records records;
        private int next;

        Reader(Records records) {
            this.records = records;
        }

        @Override
        public void open() {
            // all is there
        }

        @Override
        public ReadStatus read(RecordOutput output) throws Exception {
            reads++;
            while (next < records.size() && !output.isFull()) {
                output.record(records.bytes(), records.start(next), records.end(next));
                next++;
                if (++handed == total / 2) {
                    half = counts();
                } else if (handed == total) {
                    end = counts();
                }
            }
            return next < records.size() ? ReadStatus.MORE : ReadStatus.END_OF_INPUT;
        }

        @Override
        public String location() {
            return "record " + next;
        }

        @Override
        public void close() {
            // nothing to let go of
        }
    }

    private final class Memory implements Connector {
        @Override
        public boolean isSource() {
            return true;
        }

        @Override
        public boolean isSink() {
            return false;
        }

        @Override
        public boolean usesFormat() {
            return true;
        }

        @Override
        public boolean isBounded(Options options) {
            return true;
        }

        @Override
        public List<ConfigOption<?>> options() {
            return List.of();
        }

        @Override
        public SourceReader createReader(SourceContext context) {
            return new Reader(tables.get(context.table()));
        }
    }

    private final class Blackhole implements Connector, SinkWriter {
        @Override
        public boolean isSource() {
            return false;
        }

        @Override
        public boolean isSink() {
            return true;
        }

        @Override
        public boolean usesFormat() {
            return false;
        }

        @Override
        public List<ConfigOption<?>> options() {
            return List.of();
        }

        @Override
        public ChangelogMode accepts(Options options, ChangelogMode ofFormat) {
            return ChangelogMode.ALL;
        }

        @Override
        public SinkWriter createWriter(SinkContext context) {
            return this;
        }

        @Override
        public void open() {
            // rows go nowhere
        }

        @Override
        public void write(Row row) {
            rowsOut++;
        }

        @Override
        public void finish() {
            // nothing was kept
        }

        @Override
        public void close() {
            // nothing to let go of
        }
    }

    /** Takes note of which columns are wanted of a format. */
    private final class Watched implements Format {
        private final Format format;

        Watched(Format format) {
            this.format = format;
        }

        @Override
        public List<ConfigOption<?>> options() {
            return format.options();
        }

        @Override
        public boolean readsElements() {
            return format.readsElements();
        }

        @Override
        public RowDecoder createDecoder(DecoderContext context) {
            wantedColumns += context.columns().size();
            return format.createDecoder(context);
        }

        @Override
        public RowEncoder createEncoder(EncoderContext context) {
            return format.createEncoder(context);
        }
    }

    @Override
    public Optional<Connector> connector(String name) {
        return Optional.of(name.equals("memory") ? new Memory() : new Blackhole());
    }

    @Override
    public Optional<Format> format(String name) {
        return Optional.of(new Watched(name.equals("json") ? new JsonFormat() : new CsvFormat()));
    }

    @Override
    public Optional<StateBackend> stateBackend(String name) {
        return Optional.of(backend);
    }

    @Override
    public SortedSet<String> connectorNames() {
        return new TreeSet<>(List.of("memory", "blackhole"));
    }

    @Override
    public SortedSet<String> formatNames() {
        return new TreeSet<>(List.of("json", "csv"));
    }
}
