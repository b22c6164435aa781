package creek.core.operator;

import static creek.core.operator.OperatorHarness.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupJoinOperatorTest {
    private static final Schema SIDE = Schema.empty().with("k", DataType.string()).with("v", DataType.bigint());
    private static final JoinInput INPUT = new JoinInput(SIDE, new KeySelector(new int[] {0}, Schema.empty().with("k", DataType.string())), false);

    /** Gives two rows of one key and one of another, and never changes. */
    private static final class ThreeRows implements TableReader {
        private Input rows;

        @Override
        public void restart(Input newRows) {
            rows = newRows;
        }

        @Override
        public Progress read() throws Exception {
            Row row = new Row(2);
            for (int i = 0; i < 3; i++) {
                row.setUtf8(0, new byte[] {(byte) (i < 2 ? 'a' : 'b')}, 0, 1);
                row.setLong(1, 10 + i);
                rows.process(row);
            }
            return Progress.DONE;
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public long nextLook() {
            return Long.MAX_VALUE;
        }

        @Override
        public void close() {
        }
    }

    @Test
    void hitsAndMissesAndTheRowsOfTheTableAreCounted() throws Exception {
        OperatorHarness join = new OperatorHarness(() -> {
            LookupJoinOperator operator = new LookupJoinOperator(true, INPUT, List.of(), INPUT, null);
            operator.attach(new ThreeRows());
            return operator;
        }, SIDE.with("k2", DataType.string()).with("v2", DataType.bigint()));
        List<OperatorHarness.Event> events = List.of(OperatorHarness.time(1), row("a", 1), row("c", 2), row(null, 3), row("b", 4));
        join.check(events, List.of("+I[a, 1, a, 10]", "+I[a, 1, a, 11]", "+I[c, 2, null, null]", "+I[null, 3, null, null]", "+I[b, 4, b, 12]"));
        assertEquals(List.of(2L, 2L), join.lookups(events));
        assertEquals(3, join.kept(events));
    }
}
