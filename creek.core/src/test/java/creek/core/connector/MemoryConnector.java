package creek.core.connector;

import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Tables in memory, by the option {@code name}: a test puts steps into a source's script and looks at what came to a sink. */
public final class MemoryConnector implements Connector {
    private static final ConfigOption<String> TABLE = ConfigOption.required("name", String.class, "which of the tables in memory");

    /** What a source does next. */
    public sealed interface Step {
    }

    /** Hands out a record. */
    public record RecordStep(String text) implements Step {
    }

    /** Hands out a row. */
    public record RowStep(Row row) implements Step {
    }

    public record BeginSplit(String name) implements Step {
    }

    public record EndSplit(String name) implements Step {
    }

    /** Throws. */
    public record Fail(Exception exception) implements Step {
    }

    public record End() implements Step {
    }

    /** One table as a source. */
    public static final class Source {
        public final Queue<Step> script = new ConcurrentLinkedQueue<>();
        public final List<String> calls = new ArrayList<>();
        public volatile SourceContext context;

        public Source add(Step... steps) {
            script.addAll(Arrays.asList(steps));
            SourceContext reader = context;
            if (reader != null) {
                reader.wakeUp();
            }
            return this;
        }

        public Source records(String... texts) {
            for (String text : texts) {
                add(new RecordStep(text));
            }
            return this;
        }

        public Source end() {
            return add(new End());
        }
    }

    /** One table as a sink. */
    public static final class Sink {
        /** The data folders of all writers. */
        public final List<Path> folders = new ArrayList<>();
        public final List<String> rows = Collections.synchronizedList(new ArrayList<>());
        public final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        public volatile boolean ready = true;
        public volatile Exception failure;
    }

    private final Map<String, Source> sources = new ConcurrentHashMap<>();
    private final Map<String, Sink> sinks = new ConcurrentHashMap<>();
    private final boolean usesFormat;

    public MemoryConnector(boolean usesFormat) {
        this.usesFormat = usesFormat;
    }

    public Source source(String name) {
        return sources.computeIfAbsent(name, n -> new Source());
    }

    public Sink sink(String name) {
        return sinks.computeIfAbsent(name, n -> new Sink());
    }

    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public boolean usesFormat() {
        return usesFormat;
    }

    @Override
    public boolean needsFormat() {
        return false;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of(TABLE);
    }

    @Override
    public void validate(Options options, Schema schema) {
        if (options.get(TABLE).isEmpty()) {
            throw new OptionException(TABLE.key(), "option 'name' is empty");
        }
    }

    @Override
    public SourceReader createReader(SourceContext context) {
        return new Reader(source(context.options().get(TABLE)), context);
    }

    @Override
    public SinkWriter createWriter(SinkContext context) {
        Sink sink = sink(context.options().get(TABLE));
        sink.folders.add(context.dataFolder());
        return new Writer(sink);
    }

    private static final class Reader implements SourceReader {
        private final Source source;
        private int handed;

        Reader(Source source, SourceContext context) {
            this.source = source;
            source.context = context;
        }

        @Override
        public void open() {
            source.calls.add("open");
        }

        @Override
        public ReadStatus read(RecordOutput output) throws Exception {
            while (!output.isFull()) {
                Step step = source.script.poll();
                if (step == null) {
                    return ReadStatus.NOTHING_NOW;
                } else if (step instanceof RecordStep each) {
                    byte[] text = each.text.getBytes(StandardCharsets.UTF_8);
                    handed++;
                    output.record(Arrays.copyOf(text, text.length + 8), 0, text.length);
                } else if (step instanceof RowStep each) {
                    handed++;
                    output.row(each.row);
                } else if (step instanceof BeginSplit each) {
                    output.beginSplit(each.name);
                } else if (step instanceof EndSplit each) {
                    output.endSplit(each.name);
                } else if (step instanceof Fail each) {
                    throw each.exception;
                } else {
                    return ReadStatus.END_OF_INPUT;
                }
            }
            return ReadStatus.MORE;
        }

        @Override
        public void readMetadata(int key, Row row, int column) {
            row.setLong(column, handed);
        }

        @Override
        public String location() {
            return "record " + handed;
        }

        @Override
        public void close() {
            source.calls.add("close");
        }
    }

    private static final class Writer implements SinkWriter {
        private final Sink sink;

        Writer(Sink sink) {
            this.sink = sink;
        }

        @Override
        public void open() {
            sink.calls.add("open");
        }

        @Override
        public boolean isReady() {
            return sink.ready;
        }

        @Override
        public void write(Row row) throws Exception {
            if (sink.failure != null) {
                throw sink.failure;
            }
            StringBuilder text = new StringBuilder(row.kind() == RowKind.INSERT ? "" : row.kind().shortString());
            for (int i = 0; i < row.arity(); i++) {
                text.append(i == 0 ? "" : ",").append(row.isNullAt(i) ? "null" : row.getUtf8(i) == null ? row.getLong(i) : row.getUtf8(i));
            }
            sink.rows.add(text.toString());
        }

        @Override
        public void flush() {
            if (!sink.calls.contains("flush")) {
                sink.calls.add("flush");
            }
        }

        @Override
        public void finish() {
            sink.calls.add("finish");
        }

        @Override
        public void close() {
            sink.calls.add("close");
        }
    }
}
