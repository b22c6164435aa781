package creek.connector.mqtt;

import creek.connector.mqtt.MqttOptions.Delivery;
import creek.connector.mqtt.client.AckGate;
import creek.connector.mqtt.client.Connection;
import creek.connector.mqtt.client.Link;
import creek.connector.mqtt.client.LinkException;
import creek.connector.mqtt.client.LinkSettings;
import creek.connector.mqtt.client.Packet;
import creek.connector.mqtt.journal.Batch;
import creek.connector.mqtt.journal.Feed;
import creek.connector.mqtt.journal.Inbox;
import creek.connector.mqtt.journal.InboxFeed;
import creek.connector.mqtt.journal.Record;
import creek.connector.mqtt.journal.Redeliveries;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.Row;
import creek.core.option.Options;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Reads the messages of topics. The client's threads put them into an {@link Inbox}; from there they come at once, or by way of a journal on
 * disk, after which they are acknowledged.
 */
final class MqttReader implements SourceReader {
    private final SourceContext context;
    private final List<String> filters;
    private final int qos;
    private final Inbox inbox;
    private final Feed feed;
    private final Connection connection;
    private final MessageColumns columns;

    /** Set once, by the connection's thread. */
    private volatile IOException failure;
    private Batch batch;
    private int at;
    private final Record message = new Record();
    private boolean started;

    MqttReader(SourceContext context) throws IOException {
        this.context = context;
        Options options = context.options();
        boolean journal = options.get(MqttOptions.DELIVERY) == Delivery.AT_LEAST_ONCE;
        filters = TopicFilters.of(options.get(MqttOptions.TOPIC), options.get(MqttOptions.PROTOCOL).equals("5"));
        qos = options.get(MqttOptions.QOS);
        columns = new MessageColumns(context.metadataKeys());
        Redeliveries redeliveries = new Redeliveries(options.get(MqttOptions.RECEIVE_MAXIMUM));
        int limit = (int) Math.min(1 << 30, Math.max(1, options.get(MqttOptions.BUFFER_SIZE).bytes() / 2));
        inbox = new Inbox(limit, context.clock(), redeliveries, context::wakeUp);
        feed = new InboxFeed(inbox);
        AckGate gate = new AckGate(() -> 0, inbox::completed);
        boolean cleanStart = options.find(MqttOptions.CLEAN_START).orElse(!journal && !options.contains(MqttOptions.CLIENT_ID.key()));
        LinkSettings settings = new ConnectionOptions(options).settings("creek-" + UUID.randomUUID(), cleanStart, context.workingDirectory());
        connection = new Connection(context.table(), settings, gate, new Subscriber());
    }

    @Override
    public void open() {
        started = true;
        feed.start();
        connection.start();
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        if (batch == null) {
            // What has come is still handed out.
            IOException failed = failure;
            batch = feed.next();
            if (batch == null) {
                if (failed != null) {
                    throw failed;
                }
                return ReadStatus.NOTHING_NOW;
            }
            at = 0;
        }
        while (at < batch.end()) {
            if (output.isFull()) {
                return ReadStatus.MORE;
            }
            message.set(batch.bytes(), at);
            at = message.end();
            if (message.isMessage()) {
                output.record(message.bytes(), message.payloadStart(), message.end());
            }
        }
        batch = null;
        return ReadStatus.MORE;
    }

    @Override
    public void readMetadata(int key, Row row, int column) {
        columns.read(key, message, row, column);
    }

    @Override
    public String location() {
        return "message of topic '" + message.topic() + "', received " + Instant.ofEpochMilli(message.time());
    }

    @Override
    public void close() {
        inbox.close();
        if (started) {
            connection.close();
            feed.close();
        }
    }

    /** What the connection does for this table. */
    private final class Subscriber implements Connection.User {
        @Override
        public void connected(Link link, boolean session, boolean first) throws LinkException {
            if (!session) {
                inbox.sessionLost();
            }
            if (!session || first) {
                link.subscribe(filters, qos);
            }
        }

        @Override
        public void received(Packet packet) throws InterruptedException {
            inbox.receive(packet);
        }

        @Override
        public void disconnected() {
            // the broker sends again what was not acknowledged
        }

        @Override
        public void failed(IOException reason) {
            failure = reason;
            context.wakeUp();
        }
    }
}
