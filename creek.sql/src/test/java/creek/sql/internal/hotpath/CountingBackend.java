package creek.sql.internal.hotpath;

import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.core.state.StateBackend;
import creek.core.state.StateStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A store that keeps nothing and counts the look-ups and the entries. */
final class CountingBackend implements StateBackend, StateStore {
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong puts = new AtomicLong();
    private final AtomicLong checkpoints = new AtomicLong();

    long reads() {
        return reads.get();
    }

    long puts() {
        return puts.get();
    }

    long checkpoints() {
        return checkpoints.get();
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of();
    }

    @Override
    public StateStore open(Path folder, Options options) {
        return this;
    }

    @Override
    public long lastCheckpoint() {
        return checkpoints.get();
    }

    @Override
    public byte[] get(byte[] key) {
        reads.incrementAndGet();
        return null;
    }

    @Override
    public void scan(byte[] prefix, Visitor visitor) {
        // Nothing is there. Only starts, ends and sweeps look through a table.
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
        return new Checkpoint() {
            @Override
            public void put(byte[] key, byte[] value) {
                puts.incrementAndGet();
            }

            @Override
            public void remove(byte[] key) {
                // there is nothing
            }

            @Override
            public void complete() {
                checkpoints.incrementAndGet();
            }

            @Override
            public void abort() {
                // nothing was begun
            }
        };
    }

    @Override
    public void close() {
        // nothing to let go of
    }
}
