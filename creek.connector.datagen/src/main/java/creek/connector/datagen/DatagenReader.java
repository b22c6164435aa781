package creek.connector.datagen;

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
import java.util.concurrent.TimeUnit;

/** Hands out rows as they fall due: evenly over time, and after a pause no more than a second's worth at once. */
final class DatagenReader implements SourceReader {
    private static final long SECOND = TimeUnit.SECONDS.toMillis(1);

    private final Clock clock;
    private final long rate;
    private final long end;
    private final ColumnGenerator[] columns;
    private final ResumableRandom random;
    private final Row row;

    /** Rows made so far. */
    private long made;
    /** From when on rows fall due evenly, and the number of the row that is due then. */
    private long since;
    private long first;

    DatagenReader(SourceContext context) {
        clock = context.clock();
        rate = context.options().get(DatagenConnector.ROWS_PER_SECOND);
        end = DatagenConnector.rows(context.options()).orElse(Long.MAX_VALUE);
        Schema schema = context.schema();
        GeneratorFactory factory = new GeneratorFactory(new FieldOptions(context.options()), clock);
        random = factory.random();
        columns = new ColumnGenerator[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = factory.create(schema.name(i), schema.type(i));
        }
        row = new Row(columns.length);
    }

    @Override
    public void open() {
        since = clock.millis();
        first = made;
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        long due = Math.min(due(clock.millis()), end);
        while (made < due && !output.isFull()) {
            for (int i = 0; i < columns.length; i++) {
                columns[i].generate(row, i, made);
            }
            made++;
            output.row(row);
        }
        return made >= end ? ReadStatus.END_OF_INPUT : made < due ? ReadStatus.MORE : ReadStatus.NOTHING_NOW;
    }

    /** How many rows should have been made by now. The first one is due at once. */
    private long due(long now) {
        long elapsed = now - since;
        if (elapsed >= SECOND) {
            // Starts anew every second, so that no number overflows and what a pause has put off is left out.
            long seconds = elapsed / SECOND;
            first = Math.min(first + Math.min(seconds, SECOND) * rate, made + rate);
            since += seconds * SECOND;
            elapsed -= seconds * SECOND;
        }
        return first + elapsed * rate / SECOND + 1;
    }

    @Override
    public String location() {
        return "generated row " + made;
    }

    @Override
    public boolean hasPosition() {
        return true;
    }

    @Override
    public void writePosition(BinaryWriter output) {
        output.writeLong(made);
        output.writeLong(random.state());
    }

    @Override
    public void restorePosition(int version, BinaryReader position) throws PositionException {
        if (version != positionVersion()) {
            throw new PositionException("positions of form " + version + " are not known, only " + positionVersion());
        }
        if (position.remaining() != 2 * Long.BYTES) {
            throw new PositionException("the position is damaged: it has " + position.remaining() + " bytes");
        }
        made = position.readLong();
        random.setState(position.readLong());
        if (made < 0) {
            throw new PositionException("the position is damaged: row " + made);
        }
    }

    @Override
    public void close() {
        // nothing is open
    }
}
