package creek.connector.kafka;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records on their way to the broker, in order. A client whose buffer is full blocks, and the job's thread must not wait: what a step of the job makes
 * beyond that, or before there is a client, is kept here and passed on later. Filled by the job's thread; any thread may wait for its end.
 */
final class Outbox {
    private static final long DEFAULT_BUFFER = 32 << 20;
    /** What a record takes in the client's buffer besides its bytes, about. */
    private static final long RECORD_OVERHEAD = 64;

    private final WriteFailure failure;
    private final long buffer;
    /** Bytes that the client has and the broker has not acknowledged. */
    private final AtomicLong sent = new AtomicLong();
    /** Bytes of {@link #held}. */
    private final AtomicLong waiting = new AtomicLong();
    private final ArrayDeque<ProducerRecord<byte[], byte[]>> held = new ArrayDeque<>();
    private Producer<byte[], byte[]> producer;

    Outbox(Map<String, Object> properties, WriteFailure failure) {
        this.failure = failure;
        buffer = Long.parseLong(String.valueOf(properties.getOrDefault(ProducerConfig.BUFFER_MEMORY_CONFIG, DEFAULT_BUFFER)));
    }

    /** Has records sent by that client from now on, and those that have come before. */
    synchronized void open(Producer<byte[], byte[]> connected) {
        producer = connected;
        pass();
    }

    synchronized boolean isOpen() {
        return producer != null;
    }

    /** Whether rows should come: the second half of the client's buffer is for what one step of the job makes. */
    boolean hasRoom() {
        return sent.get() + waiting.get() < buffer / 2;
    }

    /** Whether the broker has everything. */
    boolean isEmpty() {
        return waiting.get() == 0 && sent.get() == 0;
    }

    synchronized void add(ProducerRecord<byte[], byte[]> record) {
        waiting.addAndGet(size(record));
        held.add(record);
        pass();
    }

    /** Hands the client what it can take without blocking. */
    synchronized void pass() {
        while (producer != null && !held.isEmpty() && clientTakes(size(held.peek()))) {
            ProducerRecord<byte[], byte[]> record = held.poll();
            long size = size(record);
            sent.addAndGet(size);
            waiting.addAndGet(-size);
            producer.send(record, (written, problem) -> {
                sent.addAndGet(-size);
                if (problem != null) {
                    failure.set(problem);
                }
            });
        }
    }

    /** Batches are not always full, so that the client's buffer holds less than its size. One that is too large by itself is for the client to refuse. */
    private boolean clientTakes(long size) {
        long before = sent.get();
        return before == 0 || before + size <= buffer / 4 * 3;
    }

    private static long size(ProducerRecord<byte[], byte[]> record) {
        return RECORD_OVERHEAD + (record.key() == null ? 0 : record.key().length) + (record.value() == null ? 0 : record.value().length);
    }

    /** Waits until the broker has everything. The outbox must be open. */
    void flush() throws IOException {
        Producer<byte[], byte[]> client;
        do {
            pass();
            synchronized (this) {
                client = producer;
            }
            client.flush();
            failure.check();
        } while (waiting.get() > 0);
    }

    /** Waits for that so long at most, in a thread of its own. */
    void flush(long millis) throws IOException, InterruptedException {
        Thread flushing = new Thread(() -> {
            try {
                flush();
            } catch (IOException | RuntimeException e) {
                failure.set(e);
            }
        }, "creek-kafka-flush");
        flushing.setDaemon(true);
        flushing.start();
        flushing.join(millis);
        if (!isEmpty()) {
            flushing.interrupt();
            failure.check();
            throw new IOException("the broker did not take the last rows within " + TimeUnit.MILLISECONDS.toSeconds(millis) + " s");
        }
    }
}
