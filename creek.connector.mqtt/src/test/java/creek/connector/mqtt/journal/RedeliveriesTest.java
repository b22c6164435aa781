package creek.connector.mqtt.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random messages, some of them sent again, beside a list of the last ones; what is known is written and read back now and then. */
class RedeliveriesTest {
    private record Message(int id, int content) {
    }

    @Test
    void messagesThatComeAgainAreRecognisedAmongTheLastOnes() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            int window = 1 + random.nextInt(1500);
            Redeliveries tested = new Redeliveries(window);
            ArrayDeque<Message> last = new ArrayDeque<>();
            for (int step = 0; step < 4000; step++) {
                // both halves of both numbers are made use of
                Message message = new Message(random.nextInt(64) * 1021, random.nextInt(3) * 0x71A0_8103);
                boolean duplicate = random.nextBoolean();
                boolean isNew = !duplicate || !isKnown(last, message);
                assertEquals(isNew, tested.isNew(message.id, duplicate, message.content));
                if (isNew) {
                    last.add(message);
                    if (last.size() > window) {
                        last.remove();
                    }
                }
                if (random.nextInt(500) == 0) {
                    tested = copy(tested, window);
                }
                if (random.nextInt(1000) == 0) {
                    tested.clear();
                    last.clear();
                }
            }
        }
    }

    /** The last one of that packet id counts. */
    private static boolean isKnown(ArrayDeque<Message> last, Message message) {
        for (Iterator<Message> each = last.descendingIterator(); each.hasNext();) {
            Message known = each.next();
            if (known.id == message.id) {
                return known.content == message.content;
            }
        }
        return false;
    }

    private static Redeliveries copy(Redeliveries tested, int window) {
        byte[] written = write(tested);
        assertEquals(tested.size(), written.length);
        Redeliveries copy = new Redeliveries(window);
        copy.read(new BinaryReader(written));
        assertArrayEquals(written, write(copy));
        return copy;
    }

    private static byte[] write(Redeliveries tested) {
        BinaryWriter output = new BinaryWriter();
        tested.write(output);
        return output.toBytes();
    }
}
