package creek.connector.kafka;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/** Whether the client works in this bundle: it can be made, and its records can be written and read. Also has its classes loaded before they are needed. */
final class SelfTest {
    /** Clients need the address of a broker; they are closed before they connect. */
    private static final Map<String, Object> PROPERTIES = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:9",
            CommonClientConfigs.CLIENT_ID_CONFIG, "creek-self-test", CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "",
            CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);

    private SelfTest() {
    }

    static void run() throws Exception {
        // hundreds of classes, half of those that a job waits for if the bundle is updated: loaded beside the others
        FutureTask<Integer> protocol = new FutureTask<>(() -> ApiKeys.values().length);
        Thread thread = new Thread(protocol, "creek-kafka-self-test");
        thread.start();
        try {
            // as many again, which a client would load only when the broker has answered
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            for (Class<?> type : List.of(Errors.class, AbstractRequest.class, AbstractResponse.class)) {
                lookup.ensureInitialized(type);
            }
            checkClients();
        } finally {
            thread.join();
        }
        protocol.get();
    }

    private static void checkClients() throws Exception {
        Clients.create(() -> new KafkaConsumer<>(ClientProperties.forClient(PROPERTIES), new ByteBufferDeserializer(), new ByteBufferDeserializer()))
                .close(CloseOptions.timeout(Duration.ZERO));
        Map<String, Object> transactional = ClientProperties.forClient(PROPERTIES);
        transactional.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "creek-self-test");
        KafkaProducer<byte[], byte[]> producer =
                Clients.create(() -> new KafkaProducer<>(transactional, new ByteArraySerializer(), new ByteArraySerializer()));
        TransactionAccess.name(producer, 0);
        producer.close(Duration.ZERO);
        // the others are native code, which not every platform has and not every job needs
        for (CompressionType codec : new CompressionType[] {CompressionType.NONE, CompressionType.GZIP, CompressionType.LZ4}) {
            checkRecords(codec);
        }
    }

    private static void checkRecords(CompressionType codec) throws IOException {
        byte[] value = "self-test ".repeat(10).getBytes(StandardCharsets.US_ASCII);
        for (Record record : MemoryRecords.withRecords(Compression.of(codec).build(), new SimpleRecord(value)).records()) {
            if (!record.value().equals(ByteBuffer.wrap(value))) {
                throw new IOException("records of the client, compressed by " + codec + ", are not read as they were written");
            }
        }
    }
}
