package creek.connector.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.PendingCommit;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Utf8;
import creek.core.option.OptionException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writing to a real broker. */
class MqttSinkTest {
    @TempDir
    Path folder;
    private static Broker broker;
    private static int tests;
    private final String topic = "sink/" + tests++;

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.shared();
    }

    private TestSink sink(boolean key, String... options) throws Exception {
        return sink(key, List.of(), options);
    }

    private TestSink sink(boolean key, List<String> metadata, String... options) throws Exception {
        Map<String, String> all = new TreeMap<>(Map.of("url", broker.url(), "topic", topic, "reconnect.delay", "50 ms",
                "reconnect.max-delay", "200 ms", "connect.timeout", "60 s"));
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return new TestSink(all, folder, key, metadata);
    }

    /** A source that is known to be subscribed. */
    private TestSource source(String filter, String... metadata) throws Exception {
        TestSource source = new TestSource(Map.of("url", broker.url(), "topic", filter + "; hello/" + topic), metadata.length == 0 ? List.of("topic", "retained")
                : List.of(metadata), folder, false).open();
        try (Publisher publisher = new Publisher(broker.url())) {
            source.greet(publisher, "hello/" + topic);
        }
        return source;
    }

    private static void clear(TestSource source) {
        source.records.clear();
        source.metadata.clear();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toList();
    }

    @ParameterizedTest
    @CsvSource({"5,0", "5,1", "5,2", "3.1.1,1"})
    void messagesArriveOnceAndInOrder(String version, int qos) throws Exception {
        try (TestSource source = source(topic); TestSink sink = sink(false, "protocol.version", version, "qos", "" + qos).open()) {
            clear(source);
            for (String number : numbers(0, 1000)) {
                sink.write(number);
            }
            sink.writer.finish();
            source.readUntil(1000);
            source.readRest(Duration.ofMillis(100));
            assertEquals(numbers(0, 1000), source.records);
        }
    }

    @Test
    void keysHaveTopicsWithTheirLatestValue() throws Exception {
        try (TestSink sink = sink(true, "topic", topic + "/${k}/state", "sink.retain", "true").open()) {
            sink.write(RowKind.INSERT, 1, "a");
            sink.write(RowKind.INSERT, 2, "b");
            sink.write(RowKind.UPDATE_AFTER, 1, "c");
            sink.write(RowKind.INSERT, 3, "d");
            sink.write(RowKind.DELETE, 2, null);
            sink.writer.finish();
        }
        try (TestSource source = source(topic + "/#")) {
            // beside the greetings there are the messages that are retained
            source.readUntil(() -> source.metadata.stream().filter(row -> row.getBoolean(1)).count() >= 2, "2 that were retained");
            Map<String, String> state = new TreeMap<>();
            for (int i = 0; i < source.records.size(); i++) {
                Row row = source.metadata.get(i);
                if (row.getBoolean(1)) {
                    state.put(row.getUtf8(0).toString(), source.records.get(i));
                }
            }
            assertEquals(Map.of(topic + "/1/state", "c", topic + "/3/state", "d"), state);
        }
    }

    /** Some of the messages come by way of the disk, since the broker is away at first. */
    @Test
    void rowsGiveMessagesTheirProperties() throws Exception {
        String[] keys = {"content-type", "response-topic", "correlation-data", "message-expiry", "user-properties"};
        try (Proxy proxy = new Proxy(broker.port); TestSource source = source(topic, keys)) {
            clear(source);
            proxy.refuse(true);
            try (TestSink sink = sink(false, List.of(keys), "url", proxy.url(), "sink.buffer-size", "1 kb").open()) {
                Row row = sink.row();
                for (int i = 0; i < 20; i++) {
                    row.setUtf8(2, Utf8.of("text/plain"));
                    row.setUtf8(3, Utf8.of("answers/" + i));
                    row.setObject(4, new byte[] {1, (byte) i});
                    row.setLong(5, 1000);
                    row.setObject(6, new HashMap<>(Map.of(Utf8.of("a"), Utf8.of("\u00e4" + i))));
                    row.getMap(6).put(Utf8.of("none"), null);
                    sink.write("m" + i);
                }
                for (int column = 2; column <= 6; column++) {
                    row.setNull(column);
                }
                sink.write("bare");
                proxy.refuse(false);
                sink.writer.finish();
            }
            source.readUntil(21);
            for (int i = 0; i < 20; i++) {
                Row row = source.metadata.get(i);
                assertEquals("text/plain answers/" + i, row.getUtf8(0) + " " + row.getUtf8(1));
                assertEquals(i, row.getBytes(2)[1]);
                assertTrue(row.getLong(3) > 900 && row.getLong(3) <= 1000, row.getLong(3) + " s");
                assertEquals(Map.of(Utf8.of("a"), Utf8.of("\u00e4" + i)), row.getMap(4));
            }
            Row bare = source.metadata.get(20);
            assertTrue(bare.isNullAt(0) && bare.isNullAt(1) && bare.isNullAt(2) && bare.isNullAt(3) && bare.getMap(4).isEmpty());
        }
    }

    @Test
    void propertiesThatAMessageCantHaveAreRefused() throws Exception {
        OptionException e = assertThrows(OptionException.class, () -> sink(false, List.of("content-type"), "protocol.version", "3.1.1"));
        assertTrue(e.getMessage().contains("METADATA FROM 'content-type'; 'protocol.version' can be '5'"), e.getMessage());
        try (TestSink sink = sink(false, List.of("message-expiry")).open()) {
            sink.row().setLong(2, 0);
            assertThrows(IOException.class, () -> sink.write("x"));
        }
    }

    @Test
    void keyMustBePartOfTheTopicThatIsRetained() {
        OptionException e = assertThrows(OptionException.class, () -> sink(true, "sink.retain", "true"));
        assertTrue(e.getMessage().contains("PRIMARY KEY's column k must be part of it, as ${k}"), e.getMessage());
    }

    @Test
    void topicsWithWildcardsAndUnknownColumnsAreRefused() {
        assertTrue(assertThrows(OptionException.class, () -> sink(false, "topic", "a/+")).getMessage().contains("wildcard"));
        assertTrue(assertThrows(OptionException.class, () -> sink(false, "topic", "a/${x}")).getMessage().contains("no column x"));
    }

    @Test
    void valuesThatWouldBeWildcardsAreRefused() throws Exception {
        try (TestSink sink = sink(false, "topic", topic + "/${v}").open()) {
            assertThrows(IOException.class, () -> sink.write("a+b"));
        }
    }

    @ParameterizedTest
    @CsvSource({"5", "3.1.1"})
    void messagesWaitInOrderWhileTheBrokerIsAway(String version) throws Exception {
        try (Proxy proxy = new Proxy(broker.port); TestSource source = source(topic)) {
            clear(source);
            proxy.refuse(true);
            String[] options = {"url", proxy.url(), "protocol.version", version, "sink.buffer-size", "16 kb", "sink.spool.max-size", "1 mb"};
            try (TestSink sink = sink(false, options).open()) {
                for (String number : numbers(0, 1000)) {
                    assertTrue(sink.writer.isReady());
                    sink.write(number);
                }
                PendingCommit commit = sink.writer.beginCommit(1);
                commit.prepare();
                commit.commit();
            }
            // That run is over; the next one finds on disk what it has left.
            proxy.refuse(false);
            try (TestSink sink = sink(false, options).open()) {
                for (String number : numbers(1000, 1100)) {
                    sink.write(number);
                }
                sink.writer.finish();
            }
            source.readUntil(1100);
            source.readRest(Duration.ofMillis(100));
            assertEquals(numbers(0, 1100), source.records);
        }
    }

    @Test
    void fullSpoolHoldsUpTheJobUntilTheBrokerIsBack() throws Exception {
        try (Proxy proxy = new Proxy(broker.port); TestSource source = source(topic)) {
            clear(source);
            proxy.refuse(true);
            try (TestSink sink = sink(false, "url", proxy.url(), "sink.buffer-size", "10 kb", "sink.spool.max-size", "100 kb").open()) {
                int count = 0;
                while (sink.writer.isReady()) {
                    sink.write("m" + count++);
                }
                assertTrue(count > 1000 && count < 10_000, count + " fit");
                proxy.refuse(false);
                source.readUntil(count);
                assertEquals(numbers(0, count), source.records);
                assertTrue(Versions.comes(sink.writer::isReady));
            }
        }
    }

    @Test
    void fullSpoolMayDropTheOldest() throws Exception {
        try (Proxy proxy = new Proxy(broker.port); TestSource source = source(topic)) {
            clear(source);
            proxy.refuse(true);
            long dropped;
            try (TestSink sink = sink(false, "url", proxy.url(), "sink.buffer-size", "10 kb", "sink.spool.max-size", "200 kb",
                    "sink.spool.when-full", "drop-oldest").open()) {
                for (String number : numbers(0, 20_000)) {
                    assertTrue(sink.writer.isReady());
                    sink.write(number);
                }
                proxy.refuse(false);
                sink.writer.finish();
                dropped = sink.writer.dropped();
            }
            source.readUntil((int) (20_000 - dropped));
            source.readRest(Duration.ofMillis(300));
            assertEquals(20_000, source.records.size() + dropped);
            assertTrue(source.records.size() < 10_000, source.records.size() + " were kept");
            assertEquals("m19999", source.records.get(source.records.size() - 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"5,1", "5,2", "3.1.1,2"})
    void cutConnectionsLoseNothing(String version, int qos) throws Exception {
        try (Proxy proxy = new Proxy(broker.port); TestSource source = source(topic);
                TestSink sink = sink(false, "url", proxy.url(), "protocol.version", version, "qos", "" + qos,
                        "connect.timeout", "60 s").open()) {
            clear(source);
            for (int cut = 0; cut < 5; cut++) {
                for (String number : numbers(1000 * cut, 1000 * (cut + 1))) {
                    sink.write(number);
                }
                source.readUntil(source.records.size() + 100);
                proxy.cut();
            }
            sink.writer.finish();
            source.readUntil(5000);
            source.readRest(Duration.ofMillis(500));
            assertEquals(numbers(0, 5000).stream().sorted().toList(), source.records.stream().distinct().sorted().toList());
        }
    }

    /** HiveMQ's broker ends the connection, mosquitto acknowledges the message with an error; by 3.1.1 a broker can't say what it does not like. */
    @ParameterizedTest
    @CsvSource({"1", "2"})
    void aTopicThatMayNotBeWrittenFails(int qos) throws Exception {
        try (TestSink sink = sink(false, "topic", "forbidden/hall", "qos", "" + qos).open()) {
            sink.write("x");
            IOException e = assertThrows(IOException.class, sink.writer::finish);
            assertTrue(e.getMessage().matches("broker tcp://127.0.0.1:\\d+: the broker .*: not authorized.*"), e.getMessage());
        }
    }

    @Test
    void withoutRoomOnDiskACheckpointFailsWhileTheBrokerIsAway() throws Exception {
        TestSink sink = sink(false, "url", "tcp://127.0.0.1:1", "sink.spool.max-size", "0").open();
        sink.write("x");
        PendingCommit commit = sink.writer.beginCommit(1);
        IOException e = assertThrows(IOException.class, commit::prepare);
        assertTrue(e.getMessage().contains("'sink.spool.max-size' leaves no room"), e.getMessage());
        // Nor can another writer be left the message: it takes over only what a checkpoint has made sure of.
        assertFalse(sink.writer.canTakeOver(sink.writer.commitVersion()));
        assertThrows(IOException.class, sink::close);
    }
}
