package creek.core.operator;

import creek.core.data.Row;
import creek.core.data.Schema;
import java.time.ZoneId;

/**
 * Appends {@code window_start}, {@code window_end} and {@code window_time} of its session to each row: SESSION without aggregation. The rows of
 * a session come when it has ended, in the order in which they came. Rows without a time are dropped and counted as late.
 */
public final class SessionWindowAssignOperator extends SessionOperator {
    private final int arity;
    private final Row out;

    // emission in progress
    private int nextRow;

    /**
     * @param timeColumn place of the time attribute in the rows, or {@link Windows#PROCESSING_TIME}
     * @param zone       the session's zone for a TIMESTAMP_LTZ attribute and for processing time; null for a TIMESTAMP
     * @param gap        milliseconds without a row that end a session
     * @param partition  the columns that sessions are partitioned by, none for sessions of all rows
     * @param schema     the columns of the rows
     */
    public SessionWindowAssignOperator(int timeColumn, ZoneId zone, long gap, KeySelector partition, Schema schema) {
        super(timeColumn, zone, gap, partition, new SessionRows(schema));
        this.arity = schema.size();
        this.out = new Row(arity + 3);
    }

    @Override
    void processWithoutTime() {
        context.countLate();
    }

    @Override
    boolean emit(Session session) throws Exception {
        SessionRows rows = (SessionRows) session.accumulator;
        for (; nextRow < rows.size(); nextRow++) {
            if (!step()) {
                return false;
            }
            Row row = rows.get(nextRow);
            for (int i = 0; i < arity; i++) {
                out.setFrom(i, row, i);
            }
            out.setKind(row.kind());
            setWindowColumns(session, out, arity);
            output.process(out);
        }
        nextRow = 0;
        return true;
    }

    @Override
    public String toString() {
        return windows() + " assign";
    }
}
