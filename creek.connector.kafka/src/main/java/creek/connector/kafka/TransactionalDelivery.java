package creek.connector.kafka;

import creek.core.connector.PendingCommit;
import creek.core.connector.PositionException;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * With transactions: what was written between two checkpoints is one, committed when the second is durable. Each has a producer of its own, and records
 * of one wait until the broker has those of the one before: otherwise an older row of a key could come to lie behind a newer.
 */
final class TransactionalDelivery implements Delivery {
    private static final long SPARE_MILLIS = 30_000;

    private final Map<String, Object> properties;
    private final TransactionRecovery recovery;
    private final WriteFailure failure;
    private final ProducerPool pool;
    /** Begun for a checkpoint and not known to be committed, oldest first. */
    private final List<Unit> begun = new ArrayList<>();
    private Unit current;

    /** @param mayLose whether to go on where the broker has given up a transaction that a checkpoint names */
    TransactionalDelivery(List<String> topics, Map<String, Object> properties, List<String> ids, boolean mayLose) {
        this.properties = properties;
        recovery = new TransactionRecovery(properties, mayLose);
        failure = new WriteFailure(topics, properties);
        pool = new ProducerPool(topics, properties, ids, failure);
        current = new Unit();
    }

    @Override
    public void restore(List<BinaryReader> pending) throws Exception {
        recovery.recover(NamedTransaction.readAll(pending), pool.ids());
    }

    @Override
    public List<PendingCommit> takeOver(List<BinaryReader> pending) throws PositionException {
        List<NamedTransaction> named = NamedTransaction.readAll(pending);
        pool.leaveAlone(named);
        return named.stream().<PendingCommit>map(OthersUnit::new).toList();
    }

    @Override
    public void open() {
        prepareSpare();
    }

    private void prepareSpare() {
        try {
            pool.prepareSpare();
        } catch (IOException e) {
            failure.set(e);
        }
    }

    @Override
    public boolean isReady() {
        pass();
        return failure.isSet() || current.outbox.isOpen() && current.outbox.hasRoom();
    }

    private void pass() {
        for (Unit unit : begun) {
            unit.outbox.pass();
        }
        if (current.outbox.isOpen()) {
            current.outbox.pass();
        } else if (!failure.isSet() && begun.stream().allMatch(unit -> unit.outbox.isEmpty())) {
            KafkaProducer<byte[], byte[]> producer = pool.poll();
            if (producer != null) {
                current.begin(producer);
                prepareSpare();
            }
        }
    }

    @Override
    public void check() throws Exception {
        failure.check();
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        failure.check();
        current.rows++;
        current.outbox.add(record);
    }

    /** Waits only if rows have come, although none were asked for, before there was a producer for them. */
    @Override
    public PendingCommit beginCommit() throws Exception {
        begun.removeIf(unit -> unit.committed);
        if (current.rows == 0) {
            return null;
        }
        awaitProducer();
        Unit unit = current;
        unit.name();
        begun.add(unit);
        current = new Unit();
        return unit;
    }

    private void awaitProducer() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SPARE_MILLIS);
        for (pass(); !current.outbox.isOpen(); pass()) {
            failure.check();
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("no new transaction within " + SPARE_MILLIS + " ms");
            }
            Thread.sleep(1);
        }
    }

    /** A transaction; complete but for its commit once it was begun for a checkpoint. */
    private final class Unit implements PendingCommit {
        final Outbox outbox = new Outbox(properties, failure);
        long rows;
        volatile boolean committed;
        private KafkaProducer<byte[], byte[]> producer;
        private NamedTransaction name;

        void begin(KafkaProducer<byte[], byte[]> spare) {
            producer = spare;
            producer.beginTransaction();
            outbox.open(producer);
        }

        void name() throws ReflectiveOperationException {
            name = TransactionAccess.name(producer, rows);
        }

        @Override
        public void write(BinaryWriter output) {
            name.write(output);
        }

        @Override
        public void prepare() throws Exception {
            failure.check();
            outbox.flush();
        }

        @Override
        public void commit() throws Exception {
            if (committed) {
                return;
            }
            try {
                producer.commitTransaction();
            } catch (RuntimeException e) {
                throw new Problems(properties).explain("can't commit transaction " + name.id(), e);
            }
            committed = true;
            pool.committed(producer);
        }
    }

    /** A transaction that another writer has begun; all its records came to the broker when that was closed. */
    private final class OthersUnit implements PendingCommit {
        private final NamedTransaction name;
        private boolean committed;

        OthersUnit(NamedTransaction name) {
            this.name = name;
        }

        @Override
        public void write(BinaryWriter output) {
            name.write(output);
        }

        @Override
        public void prepare() {
            // the other writer has seen to it
        }

        @Override
        public void commit() throws Exception {
            if (!committed) {
                recovery.commit(List.of(name));
                committed = true;
            }
        }
    }

    @Override
    public void finish() throws Exception {
        if (current.rows > 0) {
            awaitProducer();
            current.prepare();
            current.producer.commitTransaction();
            current.rows = 0;
        }
    }

    /** What no checkpoint knows of is aborted. If there is nothing such, another writer may be about to commit the rest. */
    @Override
    public void close() throws Exception {
        try {
            for (Unit unit : current.rows > 0 || failure.isSet() ? List.<Unit>of() : begun) {
                if (!unit.outbox.isEmpty()) {
                    unit.outbox.flush(FLUSH_AT_CLOSE_MILLIS);
                }
            }
        } finally {
            pool.close();
            if (current.rows > 0 && current.producer != null) {
                recovery.abort(TransactionAccess.transactionalId(current.producer));
            }
        }
    }
}
