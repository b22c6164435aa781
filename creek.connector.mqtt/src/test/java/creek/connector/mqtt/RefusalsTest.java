package creek.connector.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.connector.mqtt.RefusingBroker.At;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reason codes of MQTT 5: what can only be refused again fails at once and says why, all else is tried again. */
@Timeout(300)
class RefusalsTest {
    @TempDir
    Path folder;

    private static Map<String, String> options(RefusingBroker broker) {
        return Map.of("url", broker.url(), "topic", "t", "reconnect.delay", "10 ms", "reconnect.max-delay", "50 ms", "connect.timeout", "60 s");
    }

    private TestSink sink(RefusingBroker broker) throws Exception {
        return new TestSink(options(broker), folder, false);
    }

    @ParameterizedTest
    @CsvSource({"PUBLISH,135,not authorized", "PUBLISH,144,the topic is not accepted", "PUBLISH,153,the payload is not as the message says",
        "FAREWELL,149,too large for the broker", "FAREWELL,154,the broker retains no messages", "FAREWELL,155,does not support this 'qos'",
        "FAREWELL,130,protocol error", "CONNECT,134,user name or password is wrong", "CONNECT,133,the 'client-id' is not accepted",
        "CONNECT,157,another broker is to be used from now on"})
    void whatWouldBeRefusedAgainFails(At at, int code, String reason) throws Exception {
        try (RefusingBroker broker = new RefusingBroker(at, code); TestSink sink = sink(broker).open()) {
            IOException e = assertThrows(IOException.class, () -> {
                sink.write("x");
                sink.writer.finish();
            });
            assertTrue(e.getMessage().contains(reason) && e.getMessage().contains("reason code " + code), e.getMessage());
            assertTrue(broker.messages.get() <= 1, broker.messages + " messages");
        }
    }

    @ParameterizedTest
    @CsvSource({"PUBLISH,128", "PUBLISH,131", "PUBLISH,151", "FAREWELL,139", "FAREWELL,142", "FAREWELL,147", "FAREWELL,150", "FAREWELL,152",
        "CONNECT,136", "CONNECT,137", "CONNECT,159"})
    void whatMayGoWellNextTimeIsTriedAgain(At at, int code) throws Exception {
        try (RefusingBroker broker = new RefusingBroker(at, code, code); TestSink sink = sink(broker).open()) {
            sink.write("x");
            sink.writer.finish();
            assertEquals(at == At.CONNECT ? 1 : 3, broker.messages.get());
        }
    }

    /** As when another client has the same name: each throws the other out. */
    @Test
    void connectionsThatDoNotLastAreMadeEverMoreRarelyAndDoNotFillTheLog() throws Exception {
        int[] codes = new int[7];
        Arrays.fill(codes, 142);
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry.getLevel() == Level.WARNING) {
                    warnings.add(new SimpleFormatter().formatMessage(entry));
                }
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger log = Logger.getLogger("creek.connector.mqtt");
        log.addHandler(handler);
        long start = System.nanoTime();
        try (RefusingBroker broker = new RefusingBroker(At.FAREWELL, codes)) {
            Map<String, String> options = new TreeMap<>(options(broker));
            options.put("reconnect.max-delay", "1 h");
            try (TestSink sink = new TestSink(options, folder, false).open()) {
                sink.write("x");
                sink.writer.finish();
            }
        } finally {
            log.removeHandler(handler);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis >= 10 + 10 + 20 + 40 + 80 + 160 + 320, millis + " ms");
        assertEquals(4, warnings.size(), warnings.toString());
        assertTrue(warnings.get(3).endsWith("; 5 tries in a row have led to no connection that lasts"), warnings.get(3));
    }

    /** As what stands before a broker does while that is down. */
    @ParameterizedTest
    @CsvSource({"5", "3.1.1"})
    void connectionsThatAreClosedAtOnceLeaveNoThreads(String version) throws Exception {
        AtomicInteger connections = new AtomicInteger();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread closing = new Thread(() -> {
                try {
                    while (true) {
                        server.accept().close();
                        connections.incrementAndGet();
                    }
                } catch (IOException e) {
                    // closed
                }
            }, "closing broker");
            closing.start();
            try (TestSink sink = new TestSink(Map.of("url", "tcp://127.0.0.1:" + server.getLocalPort(), "topic", "t", "protocol.version", version,
                    "reconnect.delay", "1 ms", "reconnect.max-delay", "1 ms"), folder, false).open()) {
                assertTrue(Versions.comes(() -> connections.get() >= 100), connections + " connections");
            }
            server.close();
            closing.join();
        }
        Set<String> left = new TreeSet<>();
        assertTrue(Versions.comes(() -> {
            left.clear();
            Thread.getAllStackTraces().keySet().stream().filter(thread -> !before.contains(thread)).forEach(thread -> left.add(thread.getName()));
            return left.stream().noneMatch(name -> name.contains("MQTT"));
        }), () -> "left are " + left);
    }

    @ParameterizedTest
    @CsvSource({"143,refuses the subscription of 't': the topic filter is not accepted",
        "158,refuses the subscription of 't': the broker has no shared subscriptions",
        "162,a reason code that is not one for this"})
    void subscriptionsThatWouldBeRefusedAgainFail(int code, String reason) throws Exception {
        try (RefusingBroker broker = new RefusingBroker(At.SUBSCRIBE, code);
                TestSource source = new TestSource(options(broker), List.of(), folder, false).open()) {
            IOException e = assertThrows(IOException.class, () -> source.readUntil(1));
            assertTrue(e.getMessage().contains(reason), e.getMessage());
        }
    }
}
