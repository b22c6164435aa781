package creek.connector.mqtt.client;

import java.io.IOException;
import javax.net.SocketFactory;

/** What connections by both of Paho's clients have in common: what they are made of, and how they end. */
abstract class PahoLink implements Link {
    final LinkSettings settings;
    final Listener listener;
    final String url;
    final AckGate gate;
    private volatile boolean isConnected;
    private volatile boolean closed;

    PahoLink(LinkSettings settings, String url, Listener listener, AckGate gate) {
        this.settings = settings;
        this.url = url;
        this.listener = listener;
        this.gate = gate;
    }

    @Override
    public final boolean connect(boolean first) throws LinkException {
        boolean session = logIn(first);
        isConnected = true;
        return session;
    }

    /** Connects and waits for the broker's answer; whether it has a session of this client. */
    abstract boolean logIn(boolean first) throws LinkException;

    final boolean isEncrypted() {
        return url.startsWith("ssl:") || url.startsWith("wss:");
    }

    final SocketFactory sockets() {
        return isEncrypted() ? new PromptTlsSockets(settings.sockets()) : new PromptSockets();
    }

    final int keepAliveSeconds() {
        return (int) settings.keepAlive().toSeconds();
    }

    final int timeoutSeconds() {
        return (int) Math.max(1, settings.timeout().toSeconds());
    }

    /** Whether this end has left, so that nothing is told any more. */
    final boolean isClosed() {
        return closed;
    }

    final void lost(String reason) {
        if (!closed) {
            listener.lost(reason);
        }
    }

    @Override
    public final void leave(boolean forgetSession) {
        closed = true;
        try {
            gate.leave(farewell(forgetSession));
        } catch (IOException e) {
            // was lost
        }
        cut();
    }

    /** The packet that takes leave. */
    abstract byte[] farewell(boolean forgetSession);

    @Override
    public final void cut() {
        closed = true;
        try {
            // Paho hangs if the line is cut while it connects.
            if (isConnected) {
                cutLine();
            }
        } catch (IOException e) {
            // was lost
        }
    }

    /** Closes what leads to the broker. */
    abstract void cutLine() throws IOException;
}
