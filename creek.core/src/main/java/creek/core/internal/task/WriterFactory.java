package creek.core.internal.task;

import creek.core.connector.SinkWriter;
import creek.core.connector.TableOptions;
import creek.core.job.TableSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Makes what one sink of a job writes with, from whatever versions of its connector and formats, not yet open. */
final class WriterFactory {
    private final TableSink sink;
    private final String id;
    private final TablePlace place;

    WriterFactory(TableSink sink, String id, TablePlace place) {
        this.sink = sink;
        this.id = id;
        this.place = place;
    }

    /** The same for another subtask. */
    WriterFactory of(Subtask subtask) {
        return new WriterFactory(sink, id, place.of(subtask));
    }

    /** The subtask that writes. */
    Subtask subtask() {
        return place.subtask();
    }

    SinkWriter writer(TableOptions options) throws TaskException {
        TaskSinkContext context = new TaskSinkContext(sink.table(), place.environment().job(), options, sink.schema(), metadata(),
                places("is partitioned by", sink.partitionedBy()), places("has the primary key", sink.primaryKey()), place.workingDirectory(), place.settings().checkpoints().areOn(), place.dataFolder(sink.table(), id),
                place.environment().clock(), place.settings().zone(), place.subtask().index(), place.subtask().parallelism());
        if (context.subtask() > 0 && !options.connector().takesSeveralWriters(options.connectorOptions())) {
            return new NoWriter();
        }
        try {
            return Objects.requireNonNull(options.connector().createWriter(context), () -> "connector '" + options.connectorName() + "' gives no writer");
        } catch (Exception | LinkageError e) {
            throw TablePlace.failure(sink.table(), e);
        }
    }

    private Map<String, Integer> metadata() {
        Map<String, Integer> places = new TreeMap<>();
        sink.metadata().forEach((key, column) -> places.put(key, sink.schema().indexOf(column)));
        return places;
    }

    private List<Integer> places(String what, List<String> columns) throws TaskException {
        List<Integer> places = new ArrayList<>();
        for (String column : columns) {
            int index = sink.schema().indexOf(column);
            if (index < 0) {
                throw new TaskException("table '" + sink.table() + "' " + what + " " + column + ", which is not one of its columns", null);
            }
            places.add(index);
        }
        return places;
    }
}
