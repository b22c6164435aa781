package creek.core.internal.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.operator.Accumulator;
import creek.core.operator.Input;
import creek.core.operator.MatchAggregates;
import creek.core.operator.MatchExpressions;
import creek.core.operator.MatchedRows;
import creek.core.operator.RowPattern;
import creek.core.operator.RowPattern.Skip;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A partition that is written and read back between two rows gives what one that stays in memory gives. */
class MatchStateTest {
    private static final Schema SCHEMA = Schema.empty().with("value", DataType.bigint()).with("name", DataType.string());

    /** The sum of the values. */
    private static final class Sum extends Accumulator {
        private long sum;

        @Override
        public Accumulator newInstance() {
            return new Sum();
        }

        @Override
        public boolean reset() {
            sum = 0;
            return true;
        }

        @Override
        public void accumulate(Row row) {
            sum += row.getLong(0);
        }

        @Override
        public void merge(Accumulator other) {
            sum += ((Sum) other).sum;
        }

        @Override
        public void emit(Row row, int column) {
            row.setLong(column, sum);
        }

        @Override
        public void write(BinaryWriter output) {
            output.writeLong(sum);
        }

        @Override
        public void read(BinaryReader input) {
            sum = input.readLong();
        }
    }

    private static final MatchExpressions EXPRESSIONS = new MatchExpressions() {
        @Override
        public boolean define(int variable, Row row, MatchedRows matched) throws Exception {
            return (row.getLong(0) >> variable & 1) == 1 && matched.aggregates(0).getLong(0) < 40;
        }

        @Override
        public void measure(MatchedRows matched, Row out) throws Exception {
            out.setFrom(0, matched.first(MatchedRows.ANY, 0), 1);
            out.setFrom(1, matched.last(MatchedRows.ANY, 0), 1);
            out.setFrom(2, matched.last(1, 1), 1);
        }
    };

    private final List<String> output = new ArrayList<>();

    private Matches newMatches(RowPattern pattern) throws Exception {
        Matches matches = new Matches(SCHEMA, null, pattern, EXPRESSIONS, List.of(new MatchAggregates(MatchedRows.ANY, null, 0, new Sum(), 1)),
                List.of(), 3, number -> {
                });
        matches.open(null, new Input() {
            @Override
            public void process(Row row) {
                output.add((row.getUtf8(0) + " " + row.getUtf8(1)) + (row.isNullAt(2) ? "" : " " + row.getUtf8(2)));
            }

            @Override
            public void watermark(long watermark) {
            }

            @Override
            public void idle() {
            }
        });
        return matches;
    }

    private List<String> run(RowPattern pattern, long seed, boolean throughBytes) throws Exception {
        output.clear();
        Random random = new Random(seed);
        Random places = new Random(seed + 1);
        Matches matches = newMatches(pattern);
        for (int time = 0; time < 60; time++) {
            Row row = new Row(2);
            row.setLong(0, random.nextInt(16));
            row.setUtf8(1, Utf8.of("r" + time));
            matches.await(0, row, time + random.nextInt(3));
            matches.fire(time, time, Integer.MAX_VALUE);
            if (throughBytes && places.nextInt(3) == 0 && matches.has(0)) {
                BinaryWriter writer = new BinaryWriter();
                matches.write(0, writer);
                matches = newMatches(pattern);
                BinaryReader reader = new BinaryReader();
                reader.reset(writer.bytes(), 0, writer.size());
                matches.read(0, reader);
            }
        }
        matches.fire(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
        return List.copyOf(output);
    }

    @Test
    void when_writtenAndRead_then_goesOnAsBefore() throws Exception {
        int found = 0;
        for (int seed = 0; seed < 200; seed++) {
            RowPattern pattern = new RowPattern().then("A", 1, 3, seed % 2 == 0).then("B", 0, RowPattern.UNBOUNDED, true)
                    .then("C", 1, 2, false).then("D").skip(seed % 3 == 0 ? Skip.TO_NEXT_ROW : Skip.PAST_LAST_ROW).within(seed % 5 == 0 ? 0 : 8);
            List<String> inMemory = run(pattern, seed, false);
            assertEquals(inMemory, run(pattern, seed, true), "seed " + seed);
            found += inMemory.size();
        }
        assertEquals(true, found > 200, "there must be matches to compare: " + found);
    }
}
