package creek.connector.kafka;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.internals.TransactionManager;
import org.apache.kafka.common.utils.ProducerIdAndEpoch;

/**
 * Reaches what the client does not give: a transaction's identity, and going on with a transaction of a process that has died. The bundle
 * asks for just the version of the client that it was built and tested with. (Brokers that can prepare transactions, and a client that can say
 * so, would make this needless.)
 */
final class TransactionAccess {
    private TransactionAccess() {
    }

    /** The transaction that is under way, with so many rows. */
    static NamedTransaction name(KafkaProducer<?, ?> producer, long rows) throws ReflectiveOperationException {
        ProducerIdAndEpoch identity = (ProducerIdAndEpoch) field(TransactionManager.class, "producerIdAndEpoch").get(manager(producer));
        return new NamedTransaction(transactionalId(producer), identity.producerId, identity.epoch, rows);
    }

    /** What the broker knows its transactions by. */
    static String transactionalId(KafkaProducer<?, ?> producer) throws ReflectiveOperationException {
        return manager(producer).transactionalId();
    }

    /** Puts a new producer, whose transactions were not begun, into the midst of a transaction, so that it can commit it. */
    static void resume(KafkaProducer<?, ?> producer, long producerId, short epoch) throws ReflectiveOperationException {
        TransactionManager manager = manager(producer);
        synchronized (manager) {
            setState(manager, "INITIALIZING");
            Constructor<ProducerIdAndEpoch> constructor = ProducerIdAndEpoch.class.getDeclaredConstructor(long.class, short.class);
            field(TransactionManager.class, "producerIdAndEpoch").set(manager, constructor.newInstance(producerId, epoch));
            setState(manager, "READY");
            setState(manager, "IN_TRANSACTION");
            field(TransactionManager.class, "transactionStarted").set(manager, true);
        }
    }

    private static TransactionManager manager(KafkaProducer<?, ?> producer) throws ReflectiveOperationException {
        return (TransactionManager) field(KafkaProducer.class, "transactionManager").get(producer);
    }

    private static void setState(TransactionManager manager, String name) throws ReflectiveOperationException {
        for (Class<?> inner : TransactionManager.class.getDeclaredClasses()) {
            if (inner.getSimpleName().equals("State")) {
                for (Object state : inner.getEnumConstants()) {
                    if (state.toString().equals(name)) {
                        Method transition = TransactionManager.class.getDeclaredMethod("transitionTo", inner);
                        transition.setAccessible(true);
                        transition.invoke(manager, state);
                    }
                }
            }
        }
    }

    private static Field field(Class<?> owner, String name) throws ReflectiveOperationException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
