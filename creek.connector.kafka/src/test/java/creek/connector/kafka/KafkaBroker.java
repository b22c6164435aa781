package creek.connector.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own broker for tests: one node, free ports, a folder that goes with it. */
final class KafkaBroker implements AutoCloseable {
    private static final long START_SECONDS = 180;
    /** Kept, since a logger that nobody keeps forgets its level. */
    private static final Logger CLIENTS = Logger.getLogger("org.apache.kafka");

    static {
        CLIENTS.setLevel(Level.SEVERE);
    }

    private final Path folder;
    private final int[] ports = freePorts(4);
    private final Path settings;
    private Process process;

    /** @param more further settings; those of SASL and TLS open {@link #saslServers} and {@link #tlsServers} */
    KafkaBroker(Path folder, Map<String, String> more) throws Exception {
        this.folder = folder;
        Properties properties = new Properties();
        String host = "127.0.0.1:";
        boolean secured = more.containsKey("sasl.enabled.mechanisms");
        String listeners = "PLAINTEXT://" + host + ports[0] + (secured ? ",SASL_PLAINTEXT://" + host + ports[2] + ",SSL://" + host + ports[3] : "");
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@" + host + ports[1]);
        properties.put("listeners", listeners + ",CONTROLLER://" + host + ports[1]);
        properties.put("advertised.listeners", listeners);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,SSL:SSL");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("log.dirs", folder.resolve("data").toString());
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200");
        properties.put("auto.create.topics.enable", "false");
        properties.put("log.cleaner.enable", "false");
        // so that one that was killed may come back at once
        properties.put("broker.heartbeat.interval.ms", "500");
        properties.put("broker.session.timeout.ms", "4000");
        properties.putAll(more);
        Files.createDirectories(folder);
        settings = folder.resolve("server.properties");
        try (var out = Files.newOutputStream(settings)) {
            properties.store(out, null);
        }
        start();
    }

    /** None of those that the system gives to clients, who could have one before the broker starts, or while it is away. */
    private static int[] freePorts(int count) {
        return ThreadLocalRandom.current().ints(10_000, 32_000).distinct().filter(KafkaBroker::isFree).limit(count).toArray();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts it, or starts it again with what it had. */
    void start() throws Exception {
        process = java(folder.resolve("broker.log"), List.of("-Xmx256m"), BrokerProcess.class, settings.toString(), folder.resolve("data").toString());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        Admin admin = Admin.create(client());
        try {
            while (true) {
                try {
                    admin.describeCluster().nodes().get(1, TimeUnit.SECONDS);
                    return;
                } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
                    if (!process.isAlive() || System.nanoTime() > deadline) {
                        throw new IOException("the broker does not start: " + Files.readString(folder.resolve("broker.log")), e);
                    }
                }
            }
        } finally {
            // not waiting for answers to what was asked in vain
            admin.close(Duration.ZERO);
        }
    }

    /** A JVM of the tests' class path. */
    static Process java(Path log, List<String> options, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    /** Ends it as a power cut does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Has it answer nobody, with its connections open. */
    void pause() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    String servers() {
        return "127.0.0.1:" + ports[0];
    }

    String saslServers() {
        return "127.0.0.1:" + ports[2];
    }

    String tlsServers() {
        return "127.0.0.1:" + ports[3];
    }

    private Map<String, Object> client() {
        return new HashMap<>(Map.of("bootstrap.servers", servers(), "metric.reporters", "", "enable.metrics.push", false, "client.id",
                "test-" + System.nanoTime()));
    }

    /**
     * Waits until the broker knows the topic: the answer is the controller's, and a client that asks at once may be told that there is none. On a busy
     * machine it may also be told that the broker is gone, since that has not said for a while that it is there.
     */
    void createTopic(String name, int partitions) throws Exception {
        try (Admin admin = Admin.create(client())) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (!isCreated(admin, new NewTopic(name, partitions, (short) 1))) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("the broker does not get to be there to make topic " + name);
                }
                Thread.sleep(100);
            }
            while (!admin.listTopics().names().get().contains(name)) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("the broker does not get to know topic " + name);
                }
                Thread.sleep(10);
            }
        }
    }

    private static boolean isCreated(Admin admin, NewTopic topic) throws Exception {
        try {
            admin.createTopics(List.of(topic)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidReplicationFactorException) {
                return false;
            }
            throw e;
        }
    }

    void deleteTopic(String name) throws Exception {
        try (Admin admin = Admin.create(client())) {
            admin.deleteTopics(List.of(name)).all().get();
        }
    }

    void setPartitions(String name, int partitions) throws Exception {
        try (Admin admin = Admin.create(client())) {
            admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions))).all().get();
        }
    }

    /** The offsets that a group has committed, by partition of one topic. */
    Map<Integer, Long> committed(String group) throws Exception {
        Map<Integer, Long> offsets = new HashMap<>();
        try (Admin admin = Admin.create(client())) {
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get()
                    .forEach((partition, offset) -> offsets.put(partition.partition(), offset.offset()));
        }
        return offsets;
    }

    void commit(String group, String topic, int partition, long offset) throws Exception {
        try (Admin admin = Admin.create(client())) {
            admin.alterConsumerGroupOffsets(group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset))).all().get();
        }
    }

    TransactionState transactionState(String id) throws Exception {
        try (Admin admin = Admin.create(client())) {
            return admin.describeTransactions(List.of(id)).description(id).get().state();
        }
    }

    void deleteRecords(String topic, int partition, long before) throws Exception {
        try (Admin admin = Admin.create(client())) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, partition),
                    RecordsToDelete.beforeOffset(before))).all().get();
        }
    }

    /** Writes values without keys to one partition. */
    void send(String topic, int partition, String... values) {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (String value : values) {
            records.add(new ProducerRecord<>(topic, partition, null, value));
        }
        send(records);
    }

    void send(Collection<ProducerRecord<String, String>> records) {
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            records.forEach(producer::send);
        }
    }

    KafkaProducer<String, String> producer(Map<String, Object> more) {
        Map<String, Object> properties = client();
        properties.put("linger.ms", "20");
        properties.putAll(more);
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    /** Of what is committed. */
    KafkaConsumer<String, String> consumer() {
        Map<String, Object> properties = client();
        properties.put("isolation.level", "read_committed");
        // an answer without records is not to hold up what is asked next
        properties.put("fetch.max.wait.ms", "10");
        return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }

    /** All records of a topic that are committed now, partition by partition. */
    List<ConsumerRecord<String, String>> read(String topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition())).sorted((a, b) -> a.partition() - b.partition()).toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            for (TopicPartition partition : partitions) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                while (consumer.position(partition) < ends.get(partition)) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            }
        }
        return records;
    }

    List<String> values(String topic) {
        return read(topic).stream().map(ConsumerRecord::value).toList();
    }

    @Override
    public void close() throws Exception {
        kill();
    }
}
