package creek.connector.mqtt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real broker in a process of its own, which can be killed and started again over the same data. */
final class Broker implements AutoCloseable {
    static final String READY = "broker is ready";
    private static final long START_SECONDS = 180;

    private static Broker shared;

    private final Path folder;
    final int port = freePort();
    final int webSocketPort = freePort();
    final int tlsPort = freePort();
    /** Where clients must show a certificate. */
    final int mutualTlsPort = freePort();
    final int tlsWebSocketPort = freePort();
    private final boolean tls;
    private Process process;
    private volatile boolean ready;

    /**
     * @param folder where it keeps its data
     * @param keyStore what it shows to TLS clients, with the password "secret", beside the store of the clients it knows; null for no TLS
     */
    Broker(Path folder, Path keyStore) throws IOException {
        this.folder = folder;
        this.tls = keyStore != null;
        for (String name : List.of("conf", "data", "extensions")) {
            Files.createDirectories(folder.resolve(name));
        }
        String listeners = keyStore == null ? "" : """
                <tls-tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address>%s</tls-tcp-listener>
                <tls-tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address>%s</tls-tcp-listener>
                <tls-websocket-listener><port>%d</port><bind-address>127.0.0.1</bind-address><path>/mqtt</path>
                <subprotocols><subprotocol>mqtt</subprotocol></subprotocols>%s</tls-websocket-listener>
                """.formatted(tlsPort, tls(keyStore, "OPTIONAL"), mutualTlsPort, tls(keyStore, "REQUIRED"), tlsWebSocketPort, tls(keyStore, "NONE"));
        Files.writeString(folder.resolve("conf/config.xml"), """
                <?xml version="1.0"?>
                <hivemq><listeners>
                <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
                <websocket-listener><port>%d</port><bind-address>127.0.0.1</bind-address><path>/mqtt</path>
                <subprotocols><subprotocol>mqtt</subprotocol></subprotocols></websocket-listener>%s
                </listeners>
                <mqtt><queued-messages><max-queue-size>1000000</max-queue-size></queued-messages></mqtt>
                <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics></hivemq>
                """.formatted(port, webSocketPort, listeners));
    }

    private static String tls(Path keyStore, String clients) {
        return """
                <tls><keystore><path>%s</path><password>secret</password><private-key-password>secret</private-key-password></keystore>
                <truststore><path>%s</path><password>secret</password></truststore>
                <client-authentication-mode>%s</client-authentication-mode></tls>""".formatted(keyStore,
                keyStore.resolveSibling(Certificates.CLIENTS), clients);
    }

    /** One for all tests that need no other; it goes when they have ended. */
    static synchronized Broker shared() throws IOException {
        if (shared == null) {
            Path folder = Files.createTempDirectory("broker");
            shared = new Broker(folder, Certificates.create(folder));
            shared.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
        }
        return shared;
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            shared.close();
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | InterruptedException e) {
            // it is in the folder for temporary files
        }
    }

    /** None of those that the system gives to clients, who could have it before the broker starts, or while it is away. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException e) {
                // it is taken
            }
        }
    }

    Path folder() {
        return folder;
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    private static boolean isMosquitto() {
        return "mosquitto".equals(System.getProperty("creek.mqtt.broker"));
    }

    /** Starts mosquitto in the place of HiveMQ's broker, over the same ports. */
    private void startMosquitto() throws IOException {
        Path passwords = folder.resolve("passwords");
        Files.writeString(passwords, "anna:" + new StringBuilder("anna").reverse() + "\n");
        run("mosquitto_passwd", "-U", passwords.toString());
        Path rights = Files.writeString(folder.resolve("rights"), "topic readwrite #\ntopic deny forbidden/#\npattern readwrite #\n");
        Path configuration = folder.resolve("mosquitto.conf");
        Files.writeString(configuration, """
                per_listener_settings false
                allow_anonymous true
                password_file %s
                acl_file %s
                persistence false
                max_queued_messages 0
                set_tcp_nodelay true
                user root
                listener %d 127.0.0.1
                listener %d 127.0.0.1
                protocol websockets
                """.formatted(passwords, rights, port, webSocketPort) + (tls ? """
                listener %1$d 127.0.0.1
                certfile %4$s
                keyfile %5$s
                listener %2$d 127.0.0.1
                certfile %4$s
                keyfile %5$s
                cafile %6$s
                require_certificate true
                listener %3$d 127.0.0.1
                protocol websockets
                certfile %4$s
                keyfile %5$s
                """.formatted(tlsPort, mutualTlsPort, tlsWebSocketPort, folder.resolve("broker.pem"), folder.resolve("broker.key"),
                        folder.resolve("device.pem")) : ""));
        process = new ProcessBuilder("mosquitto", "-c", configuration.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.txt").toFile()).start();
        for (int tries = 0; tries < 100; tries++) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                pause();
            }
        }
        throw new IOException("mosquitto does not start: " + Files.readString(folder.resolve("mosquitto.txt")));
    }

    private static void pause() {
        LockSupport.parkNanos(50_000_000);
    }

    private static void run(String... command) throws IOException {
        try {
            if (new ProcessBuilder(command).start().waitFor() != 0) {
                throw new IOException(command[0] + " failed");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    void start() throws IOException {
        if (isMosquitto()) {
            startMosquitto();
            return;
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dhivemq.log.folder=" + folder.resolve("log"),
                "--add-opens", "java.base/java.lang=ALL-UNNAMED", "--add-opens", "java.base/java.nio=ALL-UNNAMED",
                "--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED", "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), BrokerMain.class.getName(), folder.toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        ready = false;
        Process starting = process;
        CompletableFuture.delayedExecutor(START_SECONDS, TimeUnit.SECONDS).execute(() -> {
            if (!ready) {
                starting.destroyForcibly();
            }
        });
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); !READY.equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("the broker ended: " + said);
            }
            said.append(line).append('\n');
        }
        ready = true;
        Thread drain = new Thread(() -> out.lines().forEach(line -> { }), "broker output");
        drain.setDaemon(true);
        drain.start();
    }

    /** As if the power went. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
