package creek.core.internal.exchange;

import java.util.concurrent.ArrayBlockingQueue;

/** A bounded queue of batches from one subtask to another. One thread sends, one receives; each is woken when it may go on. */
final class Channel {
    private static final int CAPACITY = 8;

    private final ArrayBlockingQueue<Batch> sent = new ArrayBlockingQueue<>(CAPACITY);
    private final ArrayBlockingQueue<Batch> empty = new ArrayBlockingQueue<>(CAPACITY);
    private final Runnable sender;
    private final Runnable receiver;
    private volatile boolean senderWaits;

    /**
     * @param sender   wakes the one that sends
     * @param receiver wakes the one that receives
     */
    Channel(Runnable sender, Runnable receiver) {
        this.sender = sender;
        this.receiver = receiver;
    }

    /** A batch to be filled. */
    Batch newBatch() {
        Batch batch = empty.poll();
        return batch == null ? new Batch() : batch;
    }

    /** Sends a batch unless the queue is full: then the sender is woken when it no longer is. */
    boolean send(Batch batch) {
        if (!sent.offer(batch)) {
            senderWaits = true;
            // the receiver may have made room before it could see that
            if (!sent.offer(batch)) {
                return false;
            }
        }
        receiver.run();
        return true;
    }

    /** The next batch, or null. */
    Batch receive() {
        Batch batch = sent.poll();
        if (batch != null && senderWaits) {
            senderWaits = false;
            sender.run();
        }
        return batch;
    }

    /** Hands a batch back that has been emptied. */
    void giveBack(Batch batch) {
        if (batch.isSmall()) {
            batch.clear();
            empty.offer(batch);
        }
    }
}
