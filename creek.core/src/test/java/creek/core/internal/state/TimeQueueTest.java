package creek.core.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimeQueueTest {
    private record Timed(long time, int arrival) {
    }

    @Test
    void when_thingsComeInAnyOrder_then_theyGoByTheirTimesAndThenAsTheyCame() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            TimeQueue<Integer> queue = new TimeQueue<>();
            PriorityQueue<Timed> expected = new PriorityQueue<>(Comparator.comparingLong(Timed::time).thenComparingInt(Timed::arrival));
            for (int i = 0; i < 3000; i++) {
                // with seed 0 all come in order, later ever more of them do not
                long time = i / 3 + random.nextInt(1 + seed * 5);
                int action = random.nextInt(10);
                if (action < 5 || expected.isEmpty()) {
                    queue.add(time, i);
                    expected.add(new Timed(time, i));
                } else if (action < 7) {
                    Timed first = expected.remove();
                    long later = first.time + random.nextInt(20);
                    queue.postpone(later);
                    expected.add(new Timed(later, first.arrival));
                } else {
                    assertEquals(expected.peek().time, queue.firstTime());
                    assertEquals(expected.peek().arrival, queue.first());
                    assertEquals(expected.remove().arrival, queue.poll());
                }
            }
            assertEquals(expected.size(), queue.size());
            Set<Integer> all = new HashSet<>();
            for (int i = 0; i < queue.size(); i++) {
                all.add(queue.get(i));
            }
            assertEquals(expected.size(), all.size());
            while (!expected.isEmpty()) {
                assertEquals(expected.remove().arrival, queue.poll());
            }
            assertEquals(Long.MAX_VALUE, queue.firstTime());
            assertNull(queue.poll());
        }
    }
}
