package creek.command;

import creek.core.connector.ChangelogMode;
import creek.core.connector.Connector;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes the rows of a query, as texts, for whoever shows them: a connector that is registered as a service as long as the query runs. */
final class QueryResult implements Connector {
    /** So many rows may wait to be shown before the job waits in turn. */
    private static final int FULL = 10_000;

    private final BlockingQueue<ResultRow> rows = new LinkedBlockingQueue<>();

    /** The next row, {@link ResultRow#END} when there will be no more, or null when there was none for that long. */
    ResultRow poll(long millis) throws InterruptedException {
        return rows.poll(millis, TimeUnit.MILLISECONDS);
    }

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
        return new Writer();
    }

    private final class Writer implements SinkWriter {
        @Override
        public void open() {
            // nothing to take
        }

        @Override
        public boolean isReady() {
            return rows.size() < FULL;
        }

        @Override
        public void write(Row row) {
            String[] texts = new String[row.arity()];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = row.isNullAt(i) ? null : row.getUtf8(i).toString();
            }
            rows.add(new ResultRow(row.kind(), texts));
        }

        @Override
        public void finish() {
            // the end is told by close
        }

        @Override
        public void close() {
            rows.add(ResultRow.END);
        }
    }

    /**
     * A row of a query's result.
     *
     * @param kind  what it means in a changelog
     * @param texts a text or null for each column
     */
    record ResultRow(RowKind kind, String[] texts) {
        /** Stands for the end. */
        static final ResultRow END = new ResultRow(RowKind.INSERT, new String[0]);
    }
}
