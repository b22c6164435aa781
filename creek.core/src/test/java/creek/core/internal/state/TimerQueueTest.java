package creek.core.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
    @Test
    void when_thingsComeInAnyOrder_then_theyGoByTheirTimes() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            TimerQueue<Long> queue = new TimerQueue<>();
            PriorityQueue<Long> expected = new PriorityQueue<>(Comparator.naturalOrder());
            for (int i = 0; i < 2000; i++) {
                if (random.nextInt(5) < 3) {
                    long time = i + random.nextInt(1 + seed * 5);
                    queue.add(time, time);
                    expected.add(time);
                } else if (!expected.isEmpty()) {
                    assertEquals(expected.peek(), queue.firstTime());
                    assertEquals(expected.remove(), queue.poll());
                }
            }
            while (!expected.isEmpty()) {
                assertEquals(expected.remove(), queue.poll());
            }
            assertEquals(Long.MAX_VALUE, queue.firstTime());
            assertNull(queue.poll());
        }
    }
}
