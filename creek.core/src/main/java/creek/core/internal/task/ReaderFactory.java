package creek.core.internal.task;

import creek.core.connector.OnDecodeError;
import creek.core.connector.SourceReader;
import creek.core.connector.TableOptions;
import creek.core.connector.WatermarkEmission;
import creek.core.data.Schema;
import creek.core.format.Framing;
import creek.core.format.RowDecoder;
import creek.core.format.WantedColumn;
import creek.core.job.TableSource;
import creek.core.operator.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes what one source of a job reads with, from whatever versions of its connector and formats, not yet open. */
final class ReaderFactory {
    private final TableSource source;
    private final TablePlace place;
    private final OperatorRuntime context;
    private final boolean isShared;

    /**
     * @param context  the watermark generator's and, for its place, this source's
     * @param isShared whether each subtask of a parallel job reads a share of the table, rather than all of it
     */
    ReaderFactory(TableSource source, TablePlace place, OperatorRuntime context, boolean isShared) {
        this.isShared = isShared;
        this.source = source;
        this.place = place;
        this.context = context;
    }

    /** The subtask that reads. */
    Subtask subtask() {
        return place.subtask();
    }

    /** What the source knows of time. */
    SourceWatermarks time(TableOptions options, Input output) {
        return new SourceWatermarks(source.watermark(), context, options.watermarkEmission() == WatermarkEmission.ON_EVENT,
                options.idleTimeout().map(Duration::toMillis).orElse(place.settings().idleTimeout().toMillis()), output);
    }

    /**
     * A reader and what decodes its records.
     *
     * @param deadLetters takes records that can't be decoded; may be null
     */
    RecordReceiver receiver(TableOptions options, SourceWatermarks time, Input output, Input deadLetters) throws TaskException {
        try {
            RowDecoder decoder = new Decoders(source, options, place.settings().zone()).create();
            BadRecords badRecords = options.onDecodeError() == OnDecodeError.FAIL ? null
                    : new BadRecords(source.table(), place.environment().clock(), deadLetters);
            SourceReader reader = isShared && place.subtask().index() > 0 && !options.connector().isSplittable(options.connectorOptions())
                    ? new SequenceReader(0)
                    : Objects.requireNonNull(options.connector().createReader(context(options)),
                            () -> "connector '" + options.connectorName() + "' gives no reader");
            return new RecordReceiver(source.table(), reader, decoder, badRecords, source.columns().size(), source.metadata().size(), context, time,
                    output);
        } catch (Exception | LinkageError e) {
            throw TablePlace.failure(source.table(), e);
        }
    }

    /** A source that is read from its beginning to its end and then no more. */
    SourceDriver driver(TableOptions options, Input rows) throws TaskException {
        SourceWatermarks time = time(options, rows);
        return new SourceDriver(context.id(), source.table(), time, receiver(options, time, rows, null), false);
    }

    TaskSourceContext context(TableOptions options) {
        Schema wanted = Schema.empty();
        for (WantedColumn column : source.columns()) {
            List<String> names = new ArrayList<>(List.of(source.schema().name(column.column())));
            names.addAll(column.path());
            String element = column.element() == null ? "" : "[" + column.element() + "]";
            wanted = wanted.with(String.join(".", names) + element, column.wantedType());
        }
        // a table that rows are looked up in is there as a whole for each subtask
        Subtask share = isShared ? place.subtask() : Subtask.ONLY;
        Framing framing = options.format().map(format -> format.framing(options.formatOptions())).orElse(Framing.LINES);
        return new TaskSourceContext(source.table(), options.connectorOptions(), wanted, List.copyOf(source.metadata()), framing,
                place.workingDirectory(), place.settings().checkpoints().areOn(), place.dataFolder(source.table(), context.id()),
                place.environment().clock(), context.id(), options.connector(), share, place.wakeUp());
    }
}
