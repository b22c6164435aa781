package creek.connector.mqtt;

import creek.connector.mqtt.MqttOptions.Delivery;
import creek.connector.mqtt.MqttOptions.WhenFull;
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
import creek.connector.mqtt.journal.Journal;
import creek.connector.mqtt.journal.Record;
import creek.connector.mqtt.journal.Redeliveries;
import creek.core.connector.PositionException;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.option.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final Redeliveries redeliveries;
    private final Feed feed;
    /** The feed if it is a journal, else null. */
    private final Journal files;
    private final Connection connection;
    private final MessageColumns columns;

    /** Set once, by the connection's thread. */
    private volatile IOException failure;
    private Batch batch;
    private int at;
    private final Record message = new Record();
    private boolean started;
    private long restored = -1;

    MqttReader(SourceContext context) throws IOException {
        this.context = context;
        Options options = context.options();
        boolean journal = options.get(MqttOptions.DELIVERY) == Delivery.AT_LEAST_ONCE;
        filters = TopicFilters.of(options.get(MqttOptions.TOPIC), options.get(MqttOptions.PROTOCOL).equals("5"));
        qos = options.get(MqttOptions.QOS);
        columns = new MessageColumns(context.metadataKeys());
        redeliveries = new Redeliveries(options.get(MqttOptions.RECEIVE_MAXIMUM));
        int limit = (int) Math.min(1 << 30, Math.max(1, options.get(MqttOptions.BUFFER_SIZE).bytes() / 2));
        if (journal) {
            files = new Journal(context.table(), context.dataFolder().resolve("journal"), limits(options),
                    options.get(MqttOptions.RECEIVE_MAXIMUM), context::wakeUp);
            inbox = new Inbox(limit, context.clock(), redeliveries, files::signal);
            feed = files;
        } else {
            files = null;
            inbox = new Inbox(limit, context.clock(), redeliveries, context::wakeUp);
            feed = new InboxFeed(inbox);
        }
        AckGate gate = new AckGate(journal ? inbox::taken : () -> 0);
        if (journal) {
            files.connect(inbox, gate);
        }
        boolean cleanStart = options.find(MqttOptions.CLEAN_START).orElse(!journal && !options.contains(MqttOptions.CLIENT_ID.key()));
        LinkSettings settings = new ConnectionOptions(options).settings(clientId(journal), cleanStart, context.workingDirectory());
        connection = new Connection(context.table(), settings, gate, new Subscriber());
    }

    private static Journal.Limits limits(Options options) {
        return new Journal.Limits(options.get(MqttOptions.JOURNAL_MAX_SIZE).bytes(), options.get(MqttOptions.JOURNAL_SEGMENT_SIZE).bytes(),
                options.get(MqttOptions.JOURNAL_SYNC_INTERVAL).toNanos(), options.get(MqttOptions.JOURNAL_SYNC_SIZE).bytes(),
                options.get(MqttOptions.JOURNAL_WHEN_FULL) == WhenFull.DROP_OLDEST, options.get(MqttOptions.BUFFER_SIZE).bytes());
    }

    /** A name by which the broker knows this table again after a restart, where that matters. */
    private String clientId(boolean lasting) throws IOException {
        String made = "creek-" + UUID.randomUUID();
        if (!lasting || context.options().contains(MqttOptions.CLIENT_ID.key())) {
            return made;
        }
        Path file = context.dataFolder().resolve("client-id");
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        Files.createDirectories(context.dataFolder());
        Files.writeString(file, made);
        return made;
    }

    @Override
    public boolean hasPosition() {
        return files != null;
    }

    @Override
    public void writePosition(BinaryWriter output) {
        output.writeLong(files.position(batch, at));
    }

    @Override
    public void restorePosition(int version, BinaryReader position) throws PositionException {
        if (version != positionVersion()) {
            throw new PositionException("the position has the form " + version + ", this connector knows " + positionVersion());
        }
        restored = position.readLong();
    }

    @Override
    public void positionIsDurable(BinaryReader position) {
        files.release(position.readLong());
    }

    @Override
    public void open() throws IOException, PositionException {
        if (files != null) {
            files.open(restored >= 0 || context.hasCheckpoints() ? restored : handedOut(), redeliveries);
        }
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
        if (files != null && !context.hasCheckpoints()) {
            files.release(files.position(batch, at));
        }
        batch = null;
        return ReadStatus.MORE;
    }

    /** Where a job without checkpoints was when it ended in order; -1 if that is not known. */
    private long handedOut() throws IOException {
        Path file = handedOutFile();
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        Files.deleteIfExists(file);
        return bytes.length == Long.BYTES ? new BinaryReader(bytes).readLong() : -1;
    }

    private void writeHandedOut() throws IOException {
        BinaryWriter position = new BinaryWriter();
        writePosition(position);
        Files.write(handedOutFile(), position.toBytes());
    }

    private Path handedOutFile() {
        return context.dataFolder().resolve("handed-out");
    }

    @Override
    public void readMetadata(int key, Row row, int column) {
        columns.read(key, message, row, column);
    }

    @Override
    public long repeated() {
        return inbox.repeated();
    }

    @Override
    public long dropped() {
        return files == null ? 0 : files.dropped();
    }

    @Override
    public String location() {
        return "message of topic '" + message.topic() + "', received " + Instant.ofEpochMilli(message.time());
    }

    @Override
    public void close() throws IOException {
        inbox.close();
        if (started) {
            connection.close(false);
        }
        feed.close();
        if (started && files != null && !context.hasCheckpoints()) {
            writeHandedOut();
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
