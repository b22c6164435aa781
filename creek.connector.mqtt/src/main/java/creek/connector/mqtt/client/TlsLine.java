package creek.connector.mqtt.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection by TLS, in place of Paho's: it tells why a broker refuses this client's certificate. Such a broker says so and closes, while this end is
 * still writing the rest of its part of the handshake, or CONNECT. So up to the broker's first word a write that fails says nothing; what comes to be
 * read then does.
 */
final class TlsLine implements org.eclipse.paho.client.mqttv3.internal.NetworkModule, org.eclipse.paho.mqttv5.client.internal.NetworkModule {
    private static final int PORT = 8883;
    /** Paho's receiver wants to look up from reading now and then. */
    private static final int READ_MILLIS = 1000;

    private final String url;
    private final LinkSettings settings;
    private final ToleratingSocket plain = new ToleratingSocket();
    private volatile SSLSocket socket;

    TlsLine(String url, LinkSettings settings) {
        this.url = url;
        this.settings = settings;
    }

    @Override
    public void start() throws IOException {
        URI address = URI.create(url);
        int port = address.getPort() < 0 ? PORT : address.getPort();
        int timeout = (int) settings.timeout().toMillis();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(address.getHost(), port), timeout);
            SSLSocket encrypted = (SSLSocket) settings.sockets().createSocket(plain, address.getHost(), port, true);
            socket = encrypted;
            if (settings.verifyHostname()) {
                SSLParameters parameters = encrypted.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                encrypted.setSSLParameters(parameters);
            }
            encrypted.setSoTimeout(timeout);
            encrypted.startHandshake();
            if (plain.failure() != null) {
                encrypted.getInputStream().read(); // which throws what the broker said
                throw plain.failure();
            }
            encrypted.setSoTimeout(READ_MILLIS);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                int read = in.read();
                plain.tolerateNoMore();
                return read;
            }

            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
                int read = in.read(bytes, offset, count);
                plain.tolerateNoMore();
                return read;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public void stop() throws IOException {
        if (socket != null) {
            socket.close();
        }
        plain.close();
    }

    @Override
    public String getServerURI() {
        return url;
    }

    /** Remembers what went wrong in writing, instead of throwing it. */
    private static final class ToleratingSocket extends Socket {
        private volatile boolean tolerates = true;
        private volatile IOException failure;

        void tolerateNoMore() {
            tolerates = false;
        }

        /** Null if all was written. */
        IOException failure() {
            return failure;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream out = super.getOutputStream();
            return new OutputStream() {
                @Override
                public void write(int single) throws IOException {
                    write(new byte[] {(byte) single}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int count) throws IOException {
                    if (failure == null) {
                        try {
                            out.write(bytes, offset, count);
                        } catch (IOException e) {
                            failure = e;
                        }
                    }
                    if (failure != null && !tolerates) {
                        throw failure;
                    }
                }
            };
        }
    }
}
