package creek.connector.kafka;

import creek.core.data.BinaryReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * What comes before the first transaction of a run: those that the last checkpoint names are committed, then all others of the sink's are aborted. In
 * that order, so that an id whose epoch is further than the checkpoint says has been committed by an earlier recovery, unless the broker gave up
 * waiting.
 */
final class TransactionRecovery {
    private static final Logger LOG = System.getLogger(TransactionRecovery.class.getName());

    private final Map<String, Object> properties;
    private final Problems problems;

    TransactionRecovery(Map<String, Object> properties) {
        this.properties = properties;
        problems = new Problems(properties);
    }

    void recover(List<BinaryReader> pending, List<String> ids) throws Exception {
        Admin admin = Clients.create(() -> Admin.create(ClientProperties.forAdmin(properties)));
        try {
            for (BinaryReader transaction : pending) {
                commit(admin, transaction.readString(), transaction.readLong(), transaction.readInt());
            }
            admin.fenceProducers(ids).all().get();
        } catch (ExecutionException e) {
            throw problems.explain("can't take up the transactions of the last checkpoint", e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private void commit(Admin admin, String id, long producerId, int epoch) throws Exception {
        TransactionDescription found;
        try {
            found = admin.describeTransactions(List.of(id)).description(id).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException) {
                LOG.log(Level.WARNING, () -> "the broker has forgotten transaction " + id + ", which the last checkpoint names: it was not used for long");
                return;
            }
            throw e;
        }
        if (found.producerId() == producerId && found.producerEpoch() == epoch && found.state() == TransactionState.ONGOING) {
            commitOpen(id, producerId, (short) epoch);
        } else if (isAborted(found, producerId, epoch)) {
            throw new IOException("transaction " + id + ", which the last checkpoint has written, was ended by the broker before it could be committed: "
                    + "'properties.transaction.timeout.ms' must be longer than the job may be down. Rows between the last two checkpoints are missing "
                    + "in the topic; start the job afresh, or from an older savepoint");
        }
    }

    /** The broker raises the epoch by one when it gives up a transaction; recoveries raise it further. */
    private static boolean isAborted(TransactionDescription found, long producerId, int epoch) {
        boolean abort = found.state() == TransactionState.COMPLETE_ABORT || found.state() == TransactionState.PREPARE_ABORT
                || found.state() == TransactionState.PREPARE_EPOCH_FENCE;
        return abort && found.producerId() == producerId && found.producerEpoch() <= epoch + 1;
    }

    private void commitOpen(String id, long producerId, short epoch) throws Exception {
        KafkaProducer<byte[], byte[]> producer = ProducerPool.create(properties, id);
        try {
            TransactionAccess.resume(producer, producerId, epoch);
            producer.commitTransaction();
        } finally {
            producer.close(Duration.ZERO);
        }
    }
}
