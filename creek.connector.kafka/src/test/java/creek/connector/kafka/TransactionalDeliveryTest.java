package creek.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.PendingCommit;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of transactions when a job dies between a checkpoint and its commit. */
@Timeout(90)
class TransactionalDeliveryTest {
    @TempDir
    private static Path brokerFolder;
    private static KafkaBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = new KafkaBroker(brokerFolder, Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200"));
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    private static TransactionalDelivery open(String topic, TransactionalIds ids, Map<String, Object> more, BinaryReader... pending) throws Exception {
        Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", broker.servers(), "client.id", topic));
        properties.putAll(more);
        TransactionalDelivery delivery = new TransactionalDelivery(topic, properties, ids);
        delivery.restore(TransactionalDelivery.COMMIT_VERSION, List.of(pending));
        delivery.open();
        while (!delivery.isReady()) {
            Thread.sleep(5);
        }
        delivery.check();
        return delivery;
    }

    private static void send(TransactionalDelivery delivery, String topic, String value) throws Exception {
        delivery.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void when_jobDiesBeforeTheCommit_then_theNextRunCommitsWhatTheCheckpointNamesAndAbortsTheRest() throws Exception {
        broker.createTopic("resumed", 1);
        TransactionalIds ids = TransactionalIds.claim("resumed", "t");
        TransactionalDelivery dead = open("resumed", ids, Map.of());
        send(dead, "resumed", "1");
        BinaryWriter state = new BinaryWriter();
        PendingCommit pending = dead.beginCommit();
        pending.write(state);
        pending.prepare();
        while (!dead.isReady()) {
            Thread.sleep(5);
        }
        send(dead, "resumed", "after the checkpoint");
        assertEquals(List.of(), broker.values("resumed"));

        TransactionalDelivery next = open("resumed", ids, Map.of(), new BinaryReader(state.toBytes()));
        assertEquals(List.of("1"), broker.values("resumed"));
        // it writes into a transaction of the same pool, and dies again before its first checkpoint
        send(next, "resumed", "before a checkpoint");
        next.beginCommit().prepare();
        TransactionalDelivery last = open("resumed", ids, Map.of(), new BinaryReader(state.toBytes()));
        send(last, "resumed", "2");
        PendingCommit commit = last.beginCommit();
        commit.prepare();
        commit.commit();
        commit.commit();
        assertEquals(List.of("1", "2"), broker.values("resumed"));
        last.close();
        next.close();
        dead.close();
    }

    @Test
    void when_brokerHasGivenUpTheTransaction_then_theNextRunSaysThatRowsAreLost() throws Exception {
        broker.createTopic("late", 1);
        TransactionalIds ids = TransactionalIds.claim("late", "t");
        TransactionalDelivery dead = open("late", ids, Map.of("transaction.timeout.ms", 500));
        send(dead, "late", "1");
        PendingCommit pending = dead.beginCommit();
        BinaryWriter state = new BinaryWriter();
        pending.write(state);
        pending.prepare();
        while (broker.transactionState(ids.id(0)) != TransactionState.COMPLETE_ABORT) {
            Thread.sleep(20);
        }
        String message = assertThrows(IOException.class, () -> open("late", ids, Map.of(), new BinaryReader(state.toBytes()))).getMessage();
        assertTrue(message.contains("'properties.transaction.timeout.ms'"), message);
        assertEquals(List.of(), broker.values("late"));
        dead.close();
    }
}
