package creek.connector.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Kafka's own broker with a topic of numbers, a stock at first and then 100,000 more a second, until its standard input ends. */
public final class KafkaFeed {
    private static final int STOCK = 2_000_000;
    private static final int AT_ONCE = 2_000;
    private static final long PAUSE_MILLIS = 20;

    private KafkaFeed() {
    }

    /** @param args a working folder, in which the table is left as {@code kafka.sql} */
    public static void main(String[] args) throws Exception {
        Path work = Path.of(args[0]);
        try (KafkaBroker broker = new KafkaBroker(work.resolve("broker"), Map.of())) {
            broker.createTopic("numbers", 1);
            try (KafkaProducer<String, String> producer = broker.producer(Map.of("batch.size", 100_000))) {
                int sent = send(producer, 0, STOCK);
                producer.flush();
                writeTable(work, broker);
                CountDownLatch end = endOfInput();
                while (!end.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    sent = send(producer, sent, AT_ONCE);
                }
            }
        }
    }

    /** Whoever started it holds the other end. */
    private static CountDownLatch endOfInput() {
        CountDownLatch end = new CountDownLatch(1);
        Thread reader = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // there is nothing to be said
                }
            } catch (IOException e) {
                // over as well
            }
            end.countDown();
        });
        reader.setDaemon(true);
        reader.start();
        return end;
    }

    private static int send(KafkaProducer<String, String> producer, int from, int count) {
        for (int i = from; i < from + count; i++) {
            producer.send(new ProducerRecord<>("numbers", null, String.valueOf(i)));
        }
        return from + count;
    }

    private static void writeTable(Path work, KafkaBroker broker) throws IOException {
        Files.writeString(work.resolve("kafka.tmp"), "CREATE TABLE numbers (i BIGINT) WITH ('connector' = 'kafka', 'format' = 'csv', 'topic' = 'numbers', "
                + "'properties.bootstrap.servers' = '" + broker.servers() + "', 'scan.startup.mode' = 'earliest-offset');\n");
        Files.move(work.resolve("kafka.tmp"), work.resolve("kafka.sql"));
    }
}
