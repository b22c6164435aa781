package creek.connector.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Kafka's own broker with a topic of numbers, until its standard input ends. */
public final class KafkaFeed {
    private KafkaFeed() {
    }

    /** @param args a working folder, in which the table is left as {@code kafka.sql}, and how many numbers */
    public static void main(String[] args) throws Exception {
        Path work = Path.of(args[0]);
        try (KafkaBroker broker = new KafkaBroker(work.resolve("broker"), Map.of())) {
            broker.createTopic("numbers", 1);
            try (KafkaProducer<String, String> producer = broker.producer(Map.of("batch.size", 100_000))) {
                for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                    producer.send(new ProducerRecord<>("numbers", null, String.valueOf(i)));
                }
            }
            Files.writeString(work.resolve("kafka.tmp"), "CREATE TABLE numbers (i BIGINT) WITH ('connector' = 'kafka', 'format' = 'csv', 'topic' = 'numbers', "
                    + "'properties.bootstrap.servers' = '" + broker.servers() + "', 'scan.startup.mode' = 'earliest-offset');\n");
            Files.move(work.resolve("kafka.tmp"), work.resolve("kafka.sql"));
            awaitEnd();
        }
    }

    private static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // whoever started it holds the other end
        }
    }
}
