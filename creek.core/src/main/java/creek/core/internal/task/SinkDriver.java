package creek.core.internal.task;

import creek.core.connector.EndOfOutputException;
import creek.core.connector.SinkWriter;
import creek.core.data.Row;
import creek.core.operator.Input;

/** Writes a stream's rows to one table. */
final class SinkDriver implements Input {
    private final String table;
    private final SinkWriter writer;
    private long written;
    private long flushed;

    SinkDriver(String table, SinkWriter writer) {
        this.table = table;
        this.writer = writer;
    }

    void open() throws Exception {
        try {
            writer.open();
        } catch (Exception e) {
            throw failure(e);
        }
    }

    @Override
    public void process(Row row) throws Exception {
        try {
            writer.write(row);
        } catch (Exception e) {
            throw failure(e);
        }
        written++;
    }

    @Override
    public void watermark(long watermark) {
        // a table has no use for it
    }

    boolean isReady() {
        return writer.isReady();
    }

    /** Whether there are rows that were not flushed. */
    boolean isDirty() {
        return written != flushed;
    }

    void flush() throws Exception {
        flushed = written;
        try {
            writer.flush();
        } catch (Exception e) {
            throw failure(e);
        }
    }

    void finish() throws Exception {
        try {
            writer.finish();
        } catch (Exception e) {
            throw failure(e);
        }
    }

    void close() throws Exception {
        writer.close();
    }

    long written() {
        return written;
    }

    private Exception failure(Exception cause) {
        return cause instanceof EndOfOutputException ? cause
                : new TaskException("table '" + table + "': " + TaskException.reason(cause), cause);
    }
}
