package creek.core.internal.task;

import creek.core.internal.state.MemoryStateStore;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.core.state.StateBackend;
import creek.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One store in memory, which survives jobs and fails or waits when a test wants that. */
final class UnreliableBackend implements StateBackend {
    final MemoryStateStore store = new MemoryStateStore();
    /** How many checkpoints, and openings, to come fail. */
    final AtomicInteger failing = new AtomicInteger();
    final AtomicInteger failingOpenings = new AtomicInteger();
    /** How many have begun. */
    final AtomicInteger begun = new AtomicInteger();
    volatile boolean incremental = true;
    /** How long a checkpoint takes at least. */
    volatile long nanos;
    /** With what checkpoints fail. */
    volatile IOException failure = new IOException("disk full");
    /** A checkpoint waits for it at its end. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public List<ConfigOption<?>> options() {
        return List.of();
    }

    @Override
    public boolean isIncremental() {
        return incremental;
    }

    @Override
    public StateStore open(Path folder, Options options) throws IOException {
        if (failingOpenings.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("the store is in use");
        }
        store.crash();
        return new Opened();
    }

    private final class Opened implements StateStore {
        @Override
        public long lastCheckpoint() {
            return store.lastCheckpoint();
        }

        @Override
        public byte[] get(byte[] key) {
            return store.get(key);
        }

        @Override
        public void scan(byte[] prefix, Visitor visitor) throws IOException {
            store.scan(prefix, visitor);
        }

        @Override
        public void scan(byte[] prefix, byte[] from, Visitor visitor) throws IOException {
            store.scan(prefix, from, visitor);
        }

        @Override
        public long bytesWritten() {
            return 0;
        }

        @Override
        public long bytesStored() {
            return 0;
        }

        @Override
        public Checkpoint begin(long number) {
            begun.incrementAndGet();
            Checkpoint checkpoint = store.begin(number);
            return new Checkpoint() {
                @Override
                public void put(byte[] key, byte[] value) throws IOException {
                    checkpoint.put(key, value);
                }

                @Override
                public void remove(byte[] key) throws IOException {
                    checkpoint.remove(key);
                }

                @Override
                public void complete() throws IOException {
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        throw new IOException("interrupted");
                    }
                    LockSupport.parkNanos(nanos);
                    if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw failure;
                    }
                    if (!incremental) {
                        store.clear();
                    }
                    checkpoint.complete();
                }

                @Override
                public void abort() throws IOException {
                    checkpoint.abort();
                }
            };
        }

        @Override
        public void close() {
            // it stays for the next job
        }
    }
}
