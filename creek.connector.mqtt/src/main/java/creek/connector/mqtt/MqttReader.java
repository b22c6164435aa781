package creek.connector.mqtt;

import creek.connector.mqtt.MqttOptions.Delivery;
import creek.connector.mqtt.MqttOptions.WhenFull;
import creek.connector.mqtt.client.AckGate;
import creek.connector.mqtt.client.Connection;
import creek.connector.mqtt.client.Link;
import creek.connector.mqtt.client.LinkException;
import creek.connector.mqtt.client.LinkSettings;
import creek.connector.mqtt.client.Packet;
import creek.connector.mqtt.client.Rehearsal;
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
    /** Forms of positions. */
    private static final int IN_JOURNAL = 1;
    private static final int IN_MEMORY = 2;

    private final SourceContext context;
    private final List<String> filters;
    private final int qos;
    private final Inbox inbox;
    private final Redeliveries redeliveries;
    private final Feed feed;
    /** The feed if it is a journal, else null. */
    private final Journal files;
    private final AckGate gate;
    /** All but the client's name, which may be known only when it is opened. */
    private final LinkSettings settings;
    private final MessageColumns columns;

    /** Set once, by the connection's thread. */
    private volatile IOException failure;
    private Batch batch;
    private int at;
    private final Record message = new Record();
    private long restored = -1;
    /** The client whose session this reader goes on with, or null. */
    private String handedOver;
    /** The name under which it is connected. */
    private String client;
    /** Null before it is opened. */
    private Connection connection;
    /** Whether a position was written since it read last, which another one may go on from. */
    private boolean handsOver;

    MqttReader(SourceContext context) throws IOException {
        this.context = context;
        Options options = context.options();
        boolean journal = options.get(MqttOptions.DELIVERY) == Delivery.AT_LEAST_ONCE;
        filters = TopicFilters.of(options.get(MqttOptions.TOPIC), options.get(MqttOptions.PROTOCOL).equals("5"));
        qos = options.get(MqttOptions.QOS);
        columns = new MessageColumns(context.metadataKeys());
        int window = Redeliveries.window(options.get(MqttOptions.RECEIVE_MAXIMUM), options.get(MqttOptions.JOURNAL_SEGMENT_SIZE).bytes());
        redeliveries = new Redeliveries(window);
        int limit = (int) Math.min(1 << 30, Math.max(1, options.get(MqttOptions.BUFFER_SIZE).bytes() / 2));
        if (journal) {
            files = new Journal(context.table(), context.dataFolder().resolve("journal"), limits(options), window, context::wakeUp);
            inbox = new Inbox(limit, context.clock(), redeliveries, files::signal);
            feed = files;
        } else {
            files = null;
            inbox = new Inbox(limit, context.clock(), redeliveries, context::wakeUp);
            feed = new InboxFeed(inbox);
        }
        gate = new AckGate(journal ? inbox::taken : () -> inbox.isOpen() ? 0 : Long.MAX_VALUE);
        if (journal) {
            files.connect(inbox, gate);
        }
        boolean cleanStart = options.find(MqttOptions.CLEAN_START).orElse(!journal && !options.contains(MqttOptions.CLIENT_ID.key()));
        settings = new ConnectionOptions(options).settings("creek-" + UUID.randomUUID(), cleanStart, context.workingDirectory());
    }

    private static Journal.Limits limits(Options options) {
        return new Journal.Limits(options.get(MqttOptions.JOURNAL_MAX_SIZE).bytes(), options.get(MqttOptions.JOURNAL_SEGMENT_SIZE).bytes(),
                options.get(MqttOptions.JOURNAL_SYNC_INTERVAL).toNanos(), options.get(MqttOptions.JOURNAL_SYNC_SIZE).bytes(),
                options.get(MqttOptions.JOURNAL_WHEN_FULL) == WhenFull.DROP_OLDEST, options.get(MqttOptions.BUFFER_SIZE).bytes());
    }

    /** A name by which the broker knows this table again after a restart, where that matters. */
    private String clientId() throws IOException {
        if (handedOver != null) {
            return handedOver;
        }
        if (files == null || context.options().contains(MqttOptions.CLIENT_ID.key())) {
            return settings.clientId();
        }
        Path file = context.dataFolder().resolve("client-id");
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        Files.createDirectories(context.dataFolder());
        Files.writeString(file, settings.clientId());
        return settings.clientId();
    }

    @Override
    public boolean hasPosition() {
        return files != null;
    }

    @Override
    public boolean handsOver() {
        return true;
    }

    @Override
    public int positionVersion() {
        return files == null ? IN_MEMORY : IN_JOURNAL;
    }

    /**
     * With a journal its offset. Without one, for another version of this connector that takes over, the session's client and the messages in
     * memory; no more come, so that the broker keeps them, until this one is closed or asked to read after all.
     */
    @Override
    public void writePosition(BinaryWriter output) {
        handsOver = true;
        if (files != null) {
            output.writeLong(files.position(batch, at));
            return;
        }
        output.writeString(client);
        inbox.hold(batch, at, output);
    }

    @Override
    public void restorePosition(int version, BinaryReader position) throws PositionException {
        if (version != positionVersion()) {
            throw new PositionException("the position has the form " + version + ", this table has " + positionVersion());
        }
        if (files != null) {
            restored = position.readLong();
            return;
        }
        handedOver = position.readString();
        redeliveries.read(new BinaryReader(position.readBytes()));
        batch = Batch.of(position.readRest());
    }

    @Override
    public void positionIsDurable(BinaryReader position) {
        files.release(position.readLong());
    }

    /** What is to be received is received in play first, by all that messages go through, which a new version's classes are slow at otherwise. */
    @Override
    public void prepare(int version, BinaryReader position) throws IOException, InterruptedException {
        Inbox aside = new Inbox(Integer.MAX_VALUE, context.clock(), new Redeliveries(1), () -> {
        });
        try {
            Rehearsal.reading(settings, qos, aside::receive);
        } catch (LinkException e) {
            throw new IOException(e.getMessage(), e);
        }
        Batch rehearsed = new InboxFeed(aside).next();
        for (int place = 0; rehearsed != null && place < rehearsed.end(); place = message.end()) {
            message.set(rehearsed.bytes(), place);
        }
        message.reset();
    }

    @Override
    public void open() throws IOException, PositionException {
        if (files != null) {
            files.open(restored >= 0 || context.hasCheckpoints() ? restored : handedOut(), redeliveries);
        }
        client = clientId();
        connection = new Connection(context.table(), settings.as(client), handedOver != null, gate, new Subscriber());
        feed.start();
        connection.start();
    }

    @Override
    public ReadStatus read(RecordOutput output) throws Exception {
        if (handsOver) {
            handsOver = false;
            inbox.resume();
        }
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
        return message.bytes() == null ? "before the first message"
                : "message of topic '" + message.topic() + "', received " + Instant.ofEpochMilli(message.time());
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.leave(handsOver);
        }
        inbox.close();
        if (connection != null) {
            connection.close();
        }
        feed.close();
        if (connection != null && files != null && !context.hasCheckpoints()) {
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
