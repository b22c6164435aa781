package creek.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The job's thread never waits for a full client. */
class OutboxTest {
    private final Map<String, Object> properties = Map.of("buffer.memory", 100_000, "bootstrap.servers", "b:1");
    private final WriteFailure failure = new WriteFailure(List.of("t"), properties);
    private final Outbox outbox = new Outbox(properties, failure);
    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            outbox.add(new ProducerRecord<>("t", new byte[936]));
        }
    }

    @Test
    void when_moreComesThanTheClientTakes_then_itIsKeptAndSentLater() throws Exception {
        add(10);
        assertTrue(outbox.hasRoom() && !outbox.isOpen());
        outbox.open(producer);
        assertEquals(10, producer.history().size());
        add(490);
        assertEquals(75, producer.history().size());
        assertFalse(outbox.hasRoom());
        producer.completeNext();
        outbox.pass();
        assertEquals(76, producer.history().size());
        outbox.flush();
        assertEquals(500, producer.history().size());
        assertTrue(outbox.hasRoom() && outbox.isEmpty());
    }

    @Test
    void when_aRecordIsLargerThanTheBuffer_then_theClientIsToRefuseIt() {
        outbox.open(producer);
        outbox.add(new ProducerRecord<>("t", new byte[200_000]));
        add(1);
        assertEquals(1, producer.history().size());
        producer.errorNext(new RecordTooLargeException("too large"));
        String message = assertThrows(IOException.class, outbox::flush).getMessage();
        assertEquals("can't write to topic 't': too large", message);
        assertTrue(failure.isSet());
    }
}
