package creek.console;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Serves the platform's console at the socket {@code console.sock} in the data folder that the framework property {@code creek.data} names.
 * Only the folder's owner can open it: the folder and the socket are nobody else's. Without a data folder there is no console.
 */
@Component(service = ConsoleServer.class, immediate = true)
public final class ConsoleServer {
    private static final System.Logger LOG = System.getLogger(ConsoleServer.class.getName());
    private static final long JOIN_MILLIS = 2_000;

    private final BundleContext context;
    private final CommandProcessor processor;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    private final Path socket;
    private final ServerSocketChannel server;
    private final Thread acceptor;

    @Activate
    public ConsoleServer(BundleContext context, @Reference CommandProcessor processor) throws IOException {
        this.context = context;
        this.processor = processor;
        String data = context.getProperty("creek.data");
        if (data == null) {
            socket = null;
            server = null;
            acceptor = null;
            return;
        }
        socket = ownFolder(Path.of(data)).resolve("console.sock");
        // Whoever started the platform holds the folder's lock, so no other runs here: what is left is a dead one's.
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        acceptor = new Thread(this::accept, "creek-console");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    @Deactivate
    void stop() throws IOException, InterruptedException {
        if (server == null) {
            return;
        }
        server.close();
        Files.deleteIfExists(socket);
        for (SocketChannel client : clients) {
            client.close();
        }
        acceptor.join(JOIN_MILLIS);
    }

    /** Shuts others out of the folder before there is a socket in it. */
    private static Path ownFolder(Path data) throws IOException {
        Files.createDirectories(data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        return data;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                clients.add(client);
                Thread thread = new Thread(() -> serve(client), "creek-console-client");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                if (server.isOpen()) {
                    LOG.log(System.Logger.Level.WARNING, "the console can't be reached any more", e);
                }
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client; ConsoleSession session = new ConsoleSession(context, processor, client)) {
            session.run();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a console was closed", e);
        } finally {
            clients.remove(client);
        }
    }
}
