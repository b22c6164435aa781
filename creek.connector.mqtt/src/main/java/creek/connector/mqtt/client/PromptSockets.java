package creek.connector.mqtt.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Makes sockets that send at once what they are given: Paho leaves small packets to be held back until earlier ones are acknowledged. */
public final class PromptSockets extends SocketFactory {
    private final SocketFactory sockets = SocketFactory.getDefault();

    static Socket prompt(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
        return prompt(sockets.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return prompt(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return prompt(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return prompt(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) throws IOException {
        return prompt(sockets.createSocket(address, port, localAddress, localPort));
    }
}
