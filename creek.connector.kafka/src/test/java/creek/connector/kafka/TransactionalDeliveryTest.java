package creek.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.PendingCommit;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of transactions when a job dies between a checkpoint and its commit. */
@ExtendWith(SharedBroker.class)
@Timeout(300)
class TransactionalDeliveryTest {
    private static KafkaBroker broker;

    @BeforeAll
    static void start() {
        broker = SharedBroker.broker();
    }

    private static TransactionalDelivery create(String topic, boolean mayLose, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", broker.servers(), "client.id", topic));
        properties.putAll(more);
        return new TransactionalDelivery(List.of(topic), properties, TransactionalIds.of(topic, "t", "sink"), mayLose);
    }

    private static TransactionalDelivery open(String topic, Map<String, Object> more, BinaryReader... pending) throws Exception {
        TransactionalDelivery delivery = create(topic, false, more);
        delivery.restore(List.of(pending));
        return open(delivery);
    }

    private static TransactionalDelivery open(TransactionalDelivery delivery) throws Exception {
        delivery.open();
        while (!delivery.isReady()) {
            Thread.sleep(5);
        }
        delivery.check();
        return delivery;
    }

    private static BinaryReader written(PendingCommit unit) throws Exception {
        BinaryWriter state = new BinaryWriter();
        unit.write(state);
        return new BinaryReader(state.toBytes());
    }

    private static void send(TransactionalDelivery delivery, String topic, String value) throws Exception {
        delivery.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void when_jobDiesBeforeTheCommit_then_theNextRunCommitsWhatTheCheckpointNamesAndAbortsTheRest() throws Exception {
        broker.createTopic("resumed", 1);
        TransactionalDelivery dead = open("resumed", Map.of());
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

        TransactionalDelivery next = open("resumed", Map.of(), new BinaryReader(state.toBytes()));
        assertEquals(List.of("1"), broker.values("resumed"));
        // it writes into a transaction of the same pool, and dies again before its first checkpoint
        send(next, "resumed", "before a checkpoint");
        next.beginCommit().prepare();
        TransactionalDelivery last = open("resumed", Map.of(), new BinaryReader(state.toBytes()));
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
        TransactionalDelivery dead = open("late", Map.of("transaction.timeout.ms", 5000));
        send(dead, "late", "1");
        PendingCommit pending = dead.beginCommit();
        BinaryWriter state = new BinaryWriter();
        pending.write(state);
        pending.prepare();
        while (broker.transactionState("late-t-sink-0") != TransactionState.COMPLETE_ABORT) {
            Thread.sleep(20);
        }
        String message = assertThrows(IOException.class, () -> open("late", Map.of(), new BinaryReader(state.toBytes()))).getMessage();
        assertTrue(message.contains("with 1 rows") && message.contains("'properties.transaction.timeout.ms'")
                && message.contains("'sink.on-lost-transaction' = 'continue'"), message);
        assertEquals(List.of(), broker.values("late"));
        dead.close();

        TransactionalDelivery next = create("late", true, Map.of());
        next.restore(List.of(new BinaryReader(state.toBytes())));
        send(open(next), "late", "2");
        PendingCommit commit = next.beginCommit();
        commit.prepare();
        commit.commit();
        next.close();
        assertEquals(List.of("2"), broker.values("late"));
    }

    @Test
    void when_anotherWriterTakesOver_then_itCommitsWhatTheFirstHasBegunAndNothingIsTwice() throws Exception {
        broker.createTopic("taken", 1);
        TransactionalDelivery old = open("taken", Map.of());
        List<PendingCommit> pending = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int turn = 0; turn < 20; turn++) {
            for (int i = 0; i < 100; i++) {
                send(old, "taken", turn + "-" + i);
                expected.add(turn + "-" + i);
            }
            pending.add(old.beginCommit());
            List<BinaryReader> named = new ArrayList<>();
            for (PendingCommit each : pending) {
                named.add(written(each));
            }
            TransactionalDelivery next = create("taken", false, Map.of());
            pending = new ArrayList<>(next.takeOver(named));
            // what it wrote has not been waited for by anybody
            old.close();
            old = open(next);
            if (turn % 3 == 2) {
                commit(pending);
                assertEquals(expected, broker.values("taken"));
            }
        }
        send(old, "taken", "of no checkpoint");
        commit(pending);
        old.close();
        assertEquals(expected, broker.values("taken"));
    }

    private static void commit(List<PendingCommit> pending) throws Exception {
        for (PendingCommit each : pending) {
            each.prepare();
        }
        for (PendingCommit each : pending) {
            each.commit();
            each.commit();
        }
        pending.clear();
    }

    @Test
    void when_aNewUnitIsBegun_then_itsRecordsLieBehindThoseOfTheOneBefore() throws Exception {
        broker.createTopic("ordered", 1);
        // a producer that waits long before it sends what it has
        TransactionalDelivery delivery = open("ordered", Map.of("linger.ms", 500));
        List<String> expected = new ArrayList<>();
        for (int unit = 0; unit < 3; unit++) {
            for (int i = 0; i < 10; i++) {
                send(delivery, "ordered", unit + "-" + i);
                expected.add(unit + "-" + i);
            }
            PendingCommit commit = delivery.beginCommit();
            send(delivery, "ordered", unit + "-next");
            expected.add(unit + "-next");
            commit(new ArrayList<>(List.of(commit)));
        }
        commit(new ArrayList<>(List.of(delivery.beginCommit())));
        delivery.close();
        assertEquals(expected, broker.values("ordered"));
    }

    @Test
    void when_brokerDoesNotAnswer_then_theRunSaysSoSoonSoThatTheJobCanTryAgain() throws Exception {
        broker.createTopic("silent", 1);
        TransactionalDelivery delivery = create("silent", false, Map.of());
        broker.pause();
        try {
            String message = assertTimeout(Duration.ofSeconds(45), () -> assertThrows(IOException.class, () -> delivery.restore(List.of())).getMessage());
            assertTrue(message.startsWith("can't take up the transactions of the last checkpoint: no answer from broker " + broker.servers()), message);
        } finally {
            broker.resume();
        }
        delivery.restore(List.of());
        delivery.close();
    }
}
