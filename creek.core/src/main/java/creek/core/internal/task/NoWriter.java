package creek.core.internal.task;

import creek.core.connector.SinkWriter;
import creek.core.data.Row;

/** Stands in further subtasks for the writer of a table that takes one only: the rows go to that of the first subtask. */
final class NoWriter implements SinkWriter {
    @Override
    public void open() {
        // nothing is written
    }

    @Override
    public void write(Row row) {
        throw new IllegalStateException("rows of this table are written by the first subtask");
    }

    @Override
    public void finish() {
        // nothing was written
    }

    @Override
    public void close() {
        // nothing is held
    }
}
