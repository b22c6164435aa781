package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.Row;
import creek.core.operator.Operator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final List<String> woken = new ArrayList<>();

    private final class Sleeper extends Operator {
        private final String name;

        Sleeper(String name) {
            this.name = name;
        }

        @Override
        public void process(Row row) {
            throw new AssertionError("only woken");
        }

        @Override
        public void processingTime(long now) {
            woken.add(name + now);
        }
    }

    @Test
    void when_anOperatorAsksForOneTimeAgainAndAgain_then_itIsWokenOnce() throws Exception {
        Schedule schedule = new Schedule(2);
        Operator a = new Sleeper("a");
        Operator b = new Sleeper("b");
        schedule.wakeAt(20, 0, a);
        schedule.wakeAt(10, 0, a);
        schedule.wakeAt(20, 1, b);
        schedule.wakeAt(20, 0, a);
        schedule.runTimers(9);
        assertEquals(List.of(), woken);
        schedule.runTimers(10);
        assertEquals(List.of("a10"), woken);
        schedule.runTimers(25);
        assertEquals(List.of("a10", "a25", "b25"), woken);
        assertEquals(Long.MAX_VALUE, schedule.nextTimer());
    }
}
