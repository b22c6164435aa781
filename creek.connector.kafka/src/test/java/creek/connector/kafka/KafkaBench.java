package creek.connector.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka, JSON, filter, blackhole beside a bare loop around {@code KafkaConsumer.poll} that only counts: in turns, in one process, from one broker beside
 * it. Prints thousands of records per second and the ratio of medians. Not a test; {@code bench/kafka/run} runs it.
 */
public final class KafkaBench {
    private static final int PARTITIONS = 4;

    private KafkaBench() {
    }

    /** @param arguments how many records, how many rounds */
    public static void main(String[] arguments) throws Exception {
        int records = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("creek-bench");
        try (KafkaBroker broker = new KafkaBroker(folder.resolve("broker"), Map.of())) {
            fill(broker, records);
            double[] bare = new double[rounds];
            double[] creek = new double[rounds];
            for (int round = -1; round < rounds; round++) {
                double poll = poll(broker, records);
                double job = job(broker, folder, records);
                if (round >= 0) {
                    bare[round] = poll;
                    creek[round] = job;
                    System.out.printf("bare poll %.0f  Creek %.0f thousand records per second%n", poll, job);
                }
            }
            Arrays.sort(bare);
            Arrays.sort(creek);
            System.out.printf("medians: bare poll %.0f, Creek %.0f; ratio %.2f%n", bare[rounds / 2], creek[rounds / 2],
                    creek[rounds / 2] / bare[rounds / 2]);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void fill(KafkaBroker broker, int records) throws Exception {
        broker.createTopic("readings", PARTITIONS);
        Random random = new Random(1);
        try (KafkaProducer<String, String> producer = broker.producer(Map.of("batch.size", 100_000))) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>("readings", i % PARTITIONS, null, "{\"device\": \"device-" + random.nextInt(1000)
                        + "\", \"temperature\": " + random.nextInt(400) / 10.0 + ", \"humidity\": " + random.nextInt(100) + ", \"ts\": " + i + "}"));
            }
        }
    }

    private static double poll(KafkaBroker broker, int records) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", broker.servers()), new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            long start = System.nanoTime();
            List<TopicPartition> partitions = consumer.partitionsFor("readings").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            int count = 0;
            while (count < records) {
                count += consumer.poll(Duration.ofSeconds(1)).count();
            }
            return records * 1e6 / (System.nanoTime() - start);
        }
    }

    private static double job(KafkaBroker broker, Path folder, int records) throws Exception {
        String script = "CREATE TABLE readings (device STRING, temperature DOUBLE, humidity INT, ts BIGINT) WITH ('connector' = 'kafka', "
                + "'topic' = 'readings', 'format' = 'json', 'properties.bootstrap.servers' = '" + broker.servers() + "', "
                + "'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset');\n"
                + "CREATE TABLE hot (device STRING, temperature DOUBLE) WITH ('connector' = 'blackhole');\n"
                + "INSERT INTO hot SELECT device, temperature FROM readings WHERE temperature > 35;";
        try (SqlJob job = new SqlJob(script, folder)) {
            long start = System.nanoTime();
            job.run();
            double rate = records * 1e6 / (System.nanoTime() - start);
            if (job.task().metrics().recordsIn() != records) {
                throw new IllegalStateException(job.task().metrics().recordsIn() + " records were read");
            }
            return rate;
        }
    }
}
