package creek.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.testing.TestSource;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A reader makes way for another one. */
@ExtendWith(SharedBroker.class)
@Timeout(300)
class KafkaHandOverTest {
    private final KafkaBroker broker = SharedBroker.broker();
    @TempDir
    private Path folder;
    private String topic;
    private TestSource source;

    @BeforeEach
    void createTopic() throws Exception {
        topic = SharedBroker.topic(1);
        source = new TestSource(folder, "properties.bootstrap.servers", broker.servers(), "topic", topic, "scan.startup.mode", "earliest-offset",
                "scan.topic-partition-discovery.interval", "50 ms", "properties.group.id", topic).withCheckpoints();
    }

    private void awaitRecords(int count) throws Exception {
        while (source.records().size() < count) {
            source.awaitWakeUp();
            source.readAll();
        }
    }

    private SourceReader prepared() throws Exception {
        SourceReader newcomer = new KafkaConnector().createReader(source);
        newcomer.prepare(newcomer.positionVersion(), new BinaryReader(source.position()));
        return newcomer;
    }

    private void takeOver(SourceReader old, SourceReader newcomer) throws Exception {
        newcomer.restorePosition(old.positionVersion(), new BinaryReader(source.position()));
        assertTrue(old.closesLater());
        source.open(newcomer);
        old.close();
    }

    @Test
    void when_moreIsReadWhileTheNewcomerFetchesAhead_then_nothingComesTwice() throws Exception {
        broker.send(topic, 0, "0", "1", "2", "3");
        SourceReader old = source.open(new KafkaConnector());
        while (source.records().isEmpty()) {
            source.awaitWakeUp();
            source.read(1);
        }
        SourceReader newcomer = prepared();
        source.read(2);
        takeOver(old, newcomer);
        broker.send(topic, 0, "4");
        awaitRecords(5);
        assertEquals(List.of("0", "1", "2", "3", "4"), source.records());
        newcomer.close();
    }

    @Test
    void when_partitionsAppearWhileTheNewcomerFetchesAhead_then_theyAreReadOnce() throws Exception {
        broker.send(topic, 0, "0");
        SourceReader old = source.open(new KafkaConnector());
        awaitRecords(1);
        SourceReader newcomer = prepared();
        broker.setPartitions(topic, 2);
        broker.send(topic, 1, "1");
        awaitRecords(2);
        takeOver(old, newcomer);
        broker.send(topic, 1, "2");
        awaitRecords(3);
        broker.send(topic, 0, "3");
        awaitRecords(4);
        assertEquals(List.of("0", "1", "2", "3"), source.records());
        newcomer.close();
    }

    @Test
    void when_aReaderIsClosedRightAfterACheckpoint_then_itsOffsetsAreCommittedNevertheless() throws Exception {
        broker.send(topic, 0, "0", "1", "2");
        SourceReader reader = source.open(new KafkaConnector());
        awaitRecords(3);
        reader.positionIsDurable(new BinaryReader(source.position()));
        reader.close();
        assertEquals(Map.of(0, 3L), broker.committed(topic));
    }
}
