package creek.core.operator;

import static creek.core.operator.OperatorHarness.by;
import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.DataType;
import creek.core.data.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetOperatorTest {
    private static final Schema SCHEMA = Schema.empty().with("k", DataType.string()).with("v", DataType.bigint());

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void when_rowsComeAndGo_then_theResultIsThatOfABatch(boolean intersect, boolean all) throws Exception {
        OperatorHarness harness = new OperatorHarness(
                () -> intersect ? SetOperator.intersect(all, SCHEMA) : SetOperator.except(all, SCHEMA), SCHEMA);
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Changelog left = new Changelog(random, true);
            Changelog right = new Changelog(random, true);
            List<OperatorHarness.Event> events = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int input = random.nextInt(2);
                events.add(by(input, (input == 0 ? left : right).next()));
            }
            List<String> leftRows = left.rows().stream().map(Changelog::text).toList();
            List<String> rightRows = right.rows().stream().map(Changelog::text).toList();
            List<String> expected = new ArrayList<>();
            for (String row : new TreeSet<>(leftRows)) {
                int inLeft = Collections.frequency(leftRows, row);
                int inRight = Collections.frequency(rightRows, row);
                int wanted = intersect ? Math.min(inLeft, inRight) : all ? Math.max(0, inLeft - inRight) : inRight == 0 ? inLeft : 0;
                expected.addAll(Collections.nCopies(all ? wanted : Math.min(1, wanted), row));
            }
            List<String> changes = harness.output(events);
            assertEquals(expected, Changelog.result(changes), "seed " + seed);
            assertEquals(changes, harness.outputWithCrashes(events, true, seed), "seed " + seed);
            assertEquals(changes, harness.outputWithCrashes(events, false, seed), "seed " + seed);
        }
    }
}
