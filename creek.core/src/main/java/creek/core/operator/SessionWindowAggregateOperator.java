package creek.core.operator;

import creek.core.data.Row;
import java.io.IOException;
import java.time.ZoneId;

/** Aggregates by key and session. Emits a session when it has ended, in the form of {@link WindowAggregateOperator}. */
public final class SessionWindowAggregateOperator extends SessionOperator {
    private final KeySelector keys;
    private final Row out;

    /**
     * @param timeColumn place of the time attribute in the rows, or {@link Windows#PROCESSING_TIME}
     * @param zone       the session's zone for a TIMESTAMP_LTZ attribute and for processing time; null for a TIMESTAMP
     * @param gap        milliseconds without a row that end a session
     * @param keys       the grouping columns, none for sessions of all rows
     * @param prototype  makes the sessions' accumulators
     * @param aggregates number of columns that an accumulator emits
     */
    public SessionWindowAggregateOperator(int timeColumn, ZoneId zone, long gap, KeySelector keys, Accumulator prototype, int aggregates) {
        super(timeColumn, zone, gap, keys, prototype);
        this.keys = keys;
        this.out = new Row(keys.size() + aggregates + 3);
    }

    @Override
    void keep(SessionTable table) throws IOException {
        table.keep(context);
    }

    @Override
    void add(Session session, Row row, long start) throws Exception {
        if (row.kind().isRetraction()) {
            session.accumulator.retract(row);
        } else {
            session.accumulator.accumulate(row);
        }
    }

    @Override
    boolean emit(Session session) throws Exception {
        if (!session.accumulator.isEmpty()) {
            setKey(session, out);
            session.accumulator.emit(out, keys.size());
            setWindowColumns(session, out, out.arity() - 3);
            output.process(out);
        }
        return true;
    }

    @Override
    public String toString() {
        return windows() + " aggregate";
    }
}
