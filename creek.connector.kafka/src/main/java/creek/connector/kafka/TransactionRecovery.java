package creek.connector.kafka;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * Ends transactions of producers that are no more. Before the first transaction of a run those that the last checkpoint names are committed, then all
 * others of the sink's are aborted: in that order, so that an id whose epoch is further than the checkpoint says has been committed, unless the broker
 * gave up waiting. To keep it so, transactions are aborted by raising the epoch first, never by their own producers.
 */
final class TransactionRecovery {
    private static final Logger LOG = System.getLogger(TransactionRecovery.class.getName());
    private static final int ABORT_MILLIS = 2_000;
    /** How long a broker may take for its first answer; not as long as for others, since the job waits and has its own way of trying again. */
    private static final int ANSWER_MILLIS = 10_000;

    private final Map<String, Object> properties;
    private final boolean mayLose;
    private final Problems problems;

    /** @param mayLose whether to go on where the broker has given up a transaction that is to be committed */
    TransactionRecovery(Map<String, Object> properties, boolean mayLose) {
        this.properties = properties;
        this.mayLose = mayLose;
        problems = new Problems(properties);
    }

    private interface Work {
        void run(Admin admin) throws Exception;
    }

    private void ask(Work work) throws Exception {
        Admin admin = Clients.create(() -> Admin.create(ClientProperties.forAdmin(properties)));
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(answerMillis())).clusterId().get();
            work.run(admin);
        } catch (ExecutionException e) {
            throw problems.explain("can't take up the transactions of the last checkpoint", e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private int answerMillis() {
        Object configured = properties.get(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        return configured == null ? ANSWER_MILLIS : Math.min(ANSWER_MILLIS, Integer.parseInt(configured.toString()));
    }

    /** Commits those that are named and aborts what else is under way with one of those ids. Waits for the broker. */
    void recover(List<NamedTransaction> pending, List<String> ids) throws Exception {
        ask(admin -> {
            commit(admin, pending);
            // one by one: of several in one request the client waits ever longer before it sends the next
            for (KafkaFuture<Void> each : ids.stream().map(id -> admin.fenceProducers(List.of(id)).all()).toList()) {
                each.get();
            }
        });
    }

    /** Commits those that are named, unless that has been done. Waits for the broker. */
    void commit(List<NamedTransaction> named) throws Exception {
        ask(admin -> commit(admin, named));
    }

    /** Aborts what is under way with that id, as far as the broker can be reached: otherwise whoever comes next does it. */
    void abort(String id) throws Exception {
        try {
            ask(admin -> admin.fenceProducers(List.of(id), new FenceProducersOptions().timeoutMs(ABORT_MILLIS)).all().get());
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "aborting transaction " + id, e);
        }
    }

    private void commit(Admin admin, List<NamedTransaction> named) throws Exception {
        for (NamedTransaction transaction : named) {
            commit(admin, transaction);
        }
    }

    private void commit(Admin admin, NamedTransaction named) throws Exception {
        TransactionDescription found;
        try {
            found = admin.describeTransactions(List.of(named.id())).description(named.id()).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException) {
                LOG.log(Level.WARNING, () -> "the broker has forgotten transaction " + named.id() + ", which the last checkpoint names: it was not used "
                        + "for long");
                return;
            }
            throw e;
        }
        boolean same = found.producerId() == named.producerId() && found.producerEpoch() == named.epoch();
        if (same && found.state() == TransactionState.ONGOING) {
            commitOpen(named);
        } else if (isAborted(found, named)) {
            lost(named);
        }
    }

    /** The broker raises the epoch by one when it gives up a transaction; recoveries raise it further. */
    private static boolean isAborted(TransactionDescription found, NamedTransaction named) {
        boolean abort = found.state() == TransactionState.COMPLETE_ABORT || found.state() == TransactionState.PREPARE_ABORT
                || found.state() == TransactionState.PREPARE_EPOCH_FENCE;
        return abort && found.producerId() == named.producerId() && found.producerEpoch() <= named.epoch() + 1;
    }

    private void lost(NamedTransaction named) throws IOException {
        String what = "the broker gave up transaction " + named.id() + " with " + named.rows() + " rows before it could be committed, since the job was "
                + "away for longer than 'properties.transaction.timeout.ms' = " + properties.get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)
                + ". The last checkpoint counts these rows as written, but the topic does not have them";
        if (!mayLose) {
            throw new IOException(what + ". '" + KafkaOptions.ON_LOST_TRANSACTION.key() + "' = 'continue' goes on without them; an older savepoint "
                    + "writes them, and what came after it, again");
        }
        LOG.log(Level.WARNING, () -> what + "; the job goes on without them");
    }

    private void commitOpen(NamedTransaction named) throws Exception {
        KafkaProducer<byte[], byte[]> producer = ProducerPool.create(properties, named.id());
        try {
            TransactionAccess.resume(producer, named.producerId(), (short) named.epoch());
            producer.commitTransaction();
        } finally {
            producer.close(Duration.ZERO);
        }
    }
}
