package creek.connector.nexmark;

import creek.core.connector.PositionException;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import java.time.Clock;

/** Hands out events by their numbers: as fast as they are taken, or when they fall due. */
final class NexmarkReader implements SourceReader {
    private final Clock clock;
    private final Events events;
    private final boolean paced;
    private final long end;
    private final boolean staysOpen;
    /** By kind of event; null where the column belongs to another kind. */
    private final EventColumn[][] columns = new EventColumn[Events.KINDS][];
    private final Row row;

    /** The number of the next event. */
    private long next;
    /** What the clock showed, or would have shown had there been no pause, when the first event fell due. */
    private long started;

    NexmarkReader(SourceContext context) {
        clock = context.clock();
        events = new Events(context.options());
        paced = NexmarkOptions.isPaced(context.options());
        end = NexmarkOptions.events(context.options());
        staysOpen = !NexmarkOptions.isBounded(context.options());
        EventColumns all = new EventColumns(events, context.options());
        Schema schema = context.schema();
        for (int kind = 0; kind < Events.KINDS; kind++) {
            columns[kind] = new EventColumn[schema.size()];
            for (int i = 0; i < schema.size(); i++) {
                columns[kind][i] = all.column(schema.name(i), kind, schema.type(i));
            }
        }
        row = new Row(schema.size());
    }

    @Override
    public void open() {
        started = clock.millis() - (events.time(next) - events.time(0));
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        long now = paced ? clock.millis() : 0;
        while (next < end && !output.isFull()) {
            if (paced && events.time(next) - events.time(0) > now - started) {
                return ReadStatus.NOTHING_NOW;
            }
            EventColumn[] wanted = columns[events.kind(next)];
            for (int i = 0; i < wanted.length; i++) {
                if (wanted[i] == null) {
                    row.setNull(i);
                } else {
                    wanted[i].set(row, i, next);
                }
            }
            next++;
            output.row(row);
        }
        return next < end ? ReadStatus.MORE : staysOpen ? ReadStatus.NOTHING_NOW : ReadStatus.END_OF_INPUT;
    }

    @Override
    public String location() {
        return "event " + (next - 1);
    }

    @Override
    public boolean hasPosition() {
        return true;
    }

    @Override
    public void writePosition(BinaryWriter output) {
        output.writeLong(next);
    }

    @Override
    public void restorePosition(int version, BinaryReader position) throws PositionException {
        if (version != positionVersion()) {
            throw new PositionException("positions of form " + version + " are not known, only " + positionVersion());
        }
        if (position.remaining() != Long.BYTES) {
            throw new PositionException("the position is damaged: it has " + position.remaining() + " bytes");
        }
        next = position.readLong();
        if (next < 0) {
            throw new PositionException("the position is damaged: event " + next);
        }
    }

    @Override
    public void close() {
        // nothing is open
    }
}
