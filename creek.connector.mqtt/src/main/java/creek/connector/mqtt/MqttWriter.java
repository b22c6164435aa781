package creek.connector.mqtt;

import creek.connector.mqtt.MqttOptions.WhenFull;
import creek.connector.mqtt.client.AckGate;
import creek.connector.mqtt.client.Connection;
import creek.connector.mqtt.client.Link;
import creek.connector.mqtt.client.LinkException;
import creek.connector.mqtt.client.LinkSettings;
import creek.connector.mqtt.client.Packet;
import creek.connector.mqtt.client.Rehearsal;
import creek.connector.mqtt.journal.Outbox;
import creek.connector.mqtt.journal.Spool;
import creek.core.connector.PendingCommit;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.format.RowEncoder;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Publishes a message for each row, by way of an {@link Outbox}, which keeps them while the broker is away. */
final class MqttWriter implements SinkWriter {
    private static final Logger LOG = System.getLogger("creek.connector.mqtt");
    private static final byte[] NOTHING = {};
    /** How long a checkpoint waits for the broker before it has messages put on disk instead. */
    private static final long COMMIT_MILLIS = 1000;
    /** How long a writer that hands over to another waits for the broker before it puts messages on disk. */
    private static final long CLOSE_MILLIS = 20;

    private final String table;
    private final TopicTemplate topic;
    /** Where rows have their topic themselves, or -1. */
    private final int topicColumn;
    private final boolean retain;
    /** Null where rows have none. */
    private final WrittenProperties properties;
    private final Clock clock;
    private final RowEncoder encoder;
    private final BinaryWriter payload = new BinaryWriter();
    private final int qos;
    private final Outbox outbox;
    private final LinkSettings settings;
    private final Connection connection;
    private final long timeoutMillis;
    private final boolean hasSpool;
    private boolean started;
    /** The last message of the last unit that was begun, and of that prepared last, which the checkpoint's thread writes. */
    private long begun;
    private volatile long prepared;

    MqttWriter(SinkContext context) {
        Options options = context.options();
        table = context.table();
        topicColumn = context.metadata().getOrDefault("topic", -1);
        String template = options.get(MqttOptions.TOPIC);
        if (template == null && topicColumn < 0) {
            throw new OptionException(MqttOptions.TOPIC.key(), "option 'topic' is missing, and no column is METADATA FROM 'topic'");
        }
        topic = template == null ? null : new TopicTemplate(template, context.schema());
        retain = options.get(MqttOptions.RETAIN);
        checkKey(context);
        properties = properties(context);
        clock = context.clock();
        encoder = context.createEncoder(context.valueColumns());
        long spool = options.get(MqttOptions.SPOOL_MAX_SIZE).bytes();
        hasSpool = spool > 0;
        qos = options.get(MqttOptions.QOS);
        outbox = new Outbox(table, qos, options.get(MqttOptions.IN_FLIGHT), options.get(MqttOptions.SINK_BUFFER).bytes(),
                options.get(MqttOptions.SPOOL_WHEN_FULL) == WhenFull.DROP_OLDEST,
                hasSpool ? new Spool(context.dataFolder().resolve("spool"), spool) : null, context.clock());
        settings = new ConnectionOptions(options).settings("creek-" + UUID.randomUUID(), true, context.workingDirectory()).sending();
        timeoutMillis = settings.timeout().toMillis();
        connection = new Connection(table, settings, false, new AckGate(() -> 0), new Sender());
    }

    private static WrittenProperties properties(SinkContext context) {
        Optional<String> wanted = context.metadata().keySet().stream().filter(WrittenProperties.KEYS::contains).sorted().findFirst();
        if (wanted.isPresent() && !context.options().get(MqttOptions.PROTOCOL).equals("5")) {
            throw new OptionException(MqttOptions.PROTOCOL.key(), "messages of MQTT 3.1.1 have no properties, so that nothing can be written into a"
                    + " column METADATA FROM '" + wanted.get() + "'; 'protocol.version' can be '5'");
        }
        return wanted.isPresent() ? new WrittenProperties(context.metadata()) : null;
    }

    private void checkKey(SinkContext context) {
        if (!retain || topic == null || topicColumn >= 0) {
            return;
        }
        for (int column : context.primaryKey()) {
            if (!topic.columns().contains(column)) {
                throw new OptionException(MqttOptions.TOPIC.key(), "'topic': with 'sink.retain' each key has a topic of its own, so that the"
                        + " PRIMARY KEY's column " + context.schema().name(column) + " must be part of it, as ${" + context.schema().name(column) + "}");
            }
        }
    }

    /** Sends in play first, which a new version's classes are slow at otherwise. */
    @Override
    public void prepare() throws IOException, InterruptedException {
        Packet packet = new Packet();
        packet.topic = "t";
        packet.payload = NOTHING;
        try {
            Rehearsal.writing(settings, qos, packet);
        } catch (LinkException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void open() throws IOException {
        outbox.open();
        started = true;
        connection.start();
    }

    @Override
    public boolean isReady() {
        return outbox.isReady();
    }

    @Override
    public void write(Row row) throws IOException {
        Packet packet = new Packet();
        packet.topic = topicColumn >= 0 && !row.isNullAt(topicColumn) ? TopicTemplate.check(row.getUtf8(topicColumn).toString()) : templated(row);
        packet.retained = retain;
        packet.payload = row.kind() == RowKind.DELETE || row.kind() == RowKind.UPDATE_BEFORE ? NOTHING : encoded(row);
        packet.written = clock.millis();
        if (properties != null) {
            properties.add(row, packet);
        }
        outbox.add(packet);
    }

    private String templated(Row row) throws IOException {
        if (topic == null) {
            throw new IOException("the row has NULL for its topic, and there is no option 'topic'");
        }
        return topic.of(row);
    }

    private byte[] encoded(Row row) {
        payload.reset();
        encoder.encode(row, payload);
        return payload.toBytes();
    }

    @Override
    public long dropped() {
        return outbox.dropped();
    }

    @Override
    public void flush() throws IOException {
        outbox.flush();
    }

    /** Without room on disk, where messages are handed over that the broker has not acknowledged, a checkpoint must be complete first. */
    @Override
    public boolean canTakeOver(int version) {
        return hasSpool && version == commitVersion();
    }

    /** What the other one's messages are found in on disk, or at the broker, when this one is opened, which comes after the other has been closed. */
    @Override
    public List<PendingCommit> takeOver(int version, List<BinaryReader> pending) {
        return pending.stream().<PendingCommit>map(other -> new Unit(0)).toList();
    }

    @Override
    public PendingCommit beginCommit(long checkpoint) {
        begun = outbox.written();
        return new Unit(begun);
    }

    /** A checkpoint is complete when what was written has arrived at the broker or is safe on disk, where it is found by itself. */
    private final class Unit implements PendingCommit {
        private final long last;

        /** @param last the number of the last message */
        Unit(long last) {
            this.last = last;
        }

        @Override
        public void write(BinaryWriter output) {
            // what is on disk is found there
        }

        @Override
        public void prepare() throws Exception {
            outbox.await(last, COMMIT_MILLIS, false);
            outbox.save();
            prepared = last;
        }

        @Override
        public void commit() {
            // the broker, or the disk, has it
        }
    }

    @Override
    public void finish() throws IOException, InterruptedException {
        if (!outbox.await(outbox.written(), timeoutMillis, true)) {
            LOG.log(Level.WARNING, "table {0}: the job ends while messages have not arrived at the broker; the next run sends them", table);
        }
        outbox.save();
    }

    /** What was begun and not prepared is left to another writer, which finds it on disk, if the broker does not acknowledge it at once. */
    @Override
    public void close() throws IOException, InterruptedException {
        boolean leaves = begun > prepared;
        try {
            if (leaves && !outbox.await(begun, CLOSE_MILLIS, false)) {
                outbox.save();
            }
        } finally {
            if (started) {
                connection.leave(false);
                connection.close();
            }
            outbox.close();
        }
    }

    /** What the connection does for this table. */
    private final class Sender implements Connection.User {
        @Override
        public void connected(Link link, boolean session, boolean first) {
            outbox.connected(link);
        }

        @Override
        public void received(Packet packet) {
            // nothing is subscribed
        }

        @Override
        public void disconnected() {
            outbox.disconnected();
        }

        @Override
        public void failed(IOException reason) {
            outbox.failed(reason);
        }
    }
}
