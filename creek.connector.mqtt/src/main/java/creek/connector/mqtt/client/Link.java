package creek.connector.mqtt.client;

import java.util.List;

/** One connection to a broker, made once. Calls that wait for the broker are for the connection's own thread. */
public interface Link {
    /** What comes from the broker, on the client's threads. */
    interface Listener {
        /** A message. Waits while there is no room. */
        void received(Packet packet) throws InterruptedException;

        /** The connection is gone. */
        void lost(String reason);

        /** The broker refuses what is asked of it, and would again. */
        void refused(String reason);
    }

    /**
     * Connects and logs in.
     *
     * @param first whether it is the table's first connection, the only one at which a session may be thrown away
     * @return whether the broker still has this client's session
     */
    boolean connect(boolean first) throws LinkException;

    /** Subscribes and waits until the broker has agreed. */
    void subscribe(List<String> filters, int qos) throws LinkException;

    /** How many messages of a quality of service the broker takes ahead of its acknowledgements. */
    int receiveMaximum(int qos);

    /**
     * Sends a message.
     *
     * @param waited       for how long it has waited here, in milliseconds, which its expiry is shortened by
     * @param acknowledged called when the broker has it, as its quality of service says; on another thread, not if the connection is lost before
     * @return false if the client has too much to do; then nothing was sent
     */
    boolean publish(Packet packet, int qos, long waited, Runnable acknowledged) throws LinkException;

    /**
     * Takes leave of the broker and cuts the line, which takes no longer than to send a packet: nothing comes or goes from then on.
     *
     * @param forgetSession whether the broker need not keep the session, as nobody comes back to it
     */
    void leave(boolean forgetSession);

    /** Cuts the line, without a word; from any thread, whatever others do. */
    void cut();

    /** Ends the client's threads, which takes about a second. After {@link #leave} or {@link #cut}. */
    void close();
}
