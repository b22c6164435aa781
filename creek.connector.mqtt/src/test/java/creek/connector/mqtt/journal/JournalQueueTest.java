package creek.connector.mqtt.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the job reads from memory and what from disk: each byte once. */
class JournalQueueTest {
    private final JournalQueue queue = new JournalQueue(1000);

    /** A batch of the bytes between two offsets. */
    private static Batch batch(int from, int to) {
        Batch batch = Batch.of(new byte[to - from]);
        batch.setOffset(from);
        return batch;
    }

    /** As the job does that is behind: by what the disk has. */
    private void readFromDisk(int to) throws IOException {
        assertNull(queue.poll());
        assertTrue(queue.isBehind());
        queue.give(batch((int) queue.next(), to));
    }

    @Test
    void whatWasReadFromDiskBeforeTheWriterHandedItOnIsNotGivenAgain() throws IOException {
        queue.begin(0);
        queue.found(100);
        // The writer has forced the bytes from 100 to 150 to disk and comes to hand them on only later.
        readFromDisk(150);
        assertNull(queue.poll());
        assertFalse(queue.isBehind());
        queue.add(batch(100, 150), 150);
        assertNull(queue.poll());
        assertFalse(queue.isBehind());
        Batch next = batch(150, 200);
        queue.add(next, 200);
        assertSame(next, queue.poll());
    }

    @Test
    void theRestOfWhatWasReadFromDiskInPartComesFromThereToo() throws IOException {
        queue.begin(0);
        queue.found(100);
        readFromDisk(120);
        assertNull(queue.poll());
        queue.add(batch(100, 150), 150);
        readFromDisk(150);
        assertNull(queue.poll());
        assertFalse(queue.isBehind());
    }

    @Test
    void whatWaitsInMemoryIsNotReadFromDisk() throws IOException {
        queue.begin(0);
        queue.add(batch(0, 600), 600);
        assertEquals(600, queue.nextOnDisk());
        queue.add(batch(600, 1200), 1200);
        assertEquals(600, queue.nextOnDisk());
        assertEquals(0, queue.poll().offset());
        readFromDisk(1200);
        assertNull(queue.poll());
        assertEquals(1200, queue.nextOnDisk());
    }
}
