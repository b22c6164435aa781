package creek.connector.mqtt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A real broker in a process of its own, which can be killed and started again over the same data. */
final class Broker implements AutoCloseable {
    static final String READY = "broker is ready";

    private static Broker shared;

    private final Path folder;
    final int port = freePort();
    final int webSocketPort = freePort();
    final int tlsPort = freePort();
    private Process process;

    /**
     * @param folder where it keeps its data
     * @param keyStore what it shows to TLS clients, with the password "secret"; null for no TLS
     */
    Broker(Path folder, Path keyStore) throws IOException {
        this.folder = folder;
        for (String name : List.of("conf", "data", "extensions")) {
            Files.createDirectories(folder.resolve(name));
        }
        String tls = keyStore == null ? "" : """
                <tls-tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address><tls><keystore><path>%s</path>
                <password>secret</password><private-key-password>secret</private-key-password></keystore>
                <truststore><path>%s</path><password>secret</password></truststore>
                <client-authentication-mode>OPTIONAL</client-authentication-mode></tls></tls-tcp-listener>
                """.formatted(tlsPort, keyStore, keyStore);
        Files.writeString(folder.resolve("conf/config.xml"), """
                <?xml version="1.0"?>
                <hivemq><listeners>
                <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
                <websocket-listener><port>%d</port><bind-address>127.0.0.1</bind-address><path>/mqtt</path>
                <subprotocols><subprotocol>mqtt</subprotocol></subprotocols></websocket-listener>%s
                </listeners>
                <mqtt><queued-messages><max-queue-size>1000000</max-queue-size></queued-messages></mqtt>
                <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics></hivemq>
                """.formatted(port, webSocketPort, tls));
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

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Path folder() {
        return folder;
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dhivemq.log.folder=" + folder.resolve("log"),
                "--add-opens", "java.base/java.lang=ALL-UNNAMED", "--add-opens", "java.base/java.nio=ALL-UNNAMED",
                "--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED", "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), BrokerMain.class.getName(), folder.toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); !READY.equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("the broker ended: " + said);
            }
            said.append(line).append('\n');
        }
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
