package creek.connector.mqtt.journal;

import java.io.IOException;

/** Where the job's thread gets messages from. */
public interface Feed {
    /** Starts threads, if there are any. */
    void start();

    /**
     * The next messages, or null if there are none now; the batch given before is taken back.
     *
     * @throws IOException if there will never be any
     */
    Batch next() throws IOException;

    void close();
}
