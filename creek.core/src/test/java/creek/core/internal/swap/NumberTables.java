package creek.core.internal.swap;

import creek.core.connector.Connector;
import creek.core.connector.PendingCommit;
import creek.core.connector.ReadStatus;
import creek.core.connector.RecordOutput;
import creek.core.connector.SinkContext;
import creek.core.connector.SinkWriter;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** What is outside of a job: the numbers from 0 on to read, and a list of those that were written and are final. Any version of the connector may use it. */
public final class NumberTables {
    /** How a version of the connector is bad. */
    public enum Fault {
        SELF_TEST_FAILS, CREATE_READER_FAILS, CREATE_READER_LINKS_NOT, OPEN_READER_FAILS, OPEN_READER_HANGS, SELF_TEST_HANGS, READER_FAILS_LATER,
        OTHER_POSITIONS, RESTORE_FAILS, REFUSES_OPTIONS, LEAKS_THREAD, OPEN_WRITER_FAILS, WRITER_FAILS_LATER, WRITER_LINKS_NOT_LATER, FLUSH_FAILS,
        TAKE_OVER_FAILS, OPEN_WRITER_HANGS, SLOW_SINK, CLOSE_READER_HANGS, CLOSE_WRITER_HANGS, READER_HANGS_LATER, WRITER_HANGS_LATER,
        PREPARE_READER_FAILS, PREPARE_READER_HANGS, PREPARE_WRITER_FAILS, CLOSES_LATER
    }

    /** Whether each subtask of a parallel job has a writer. */
    public volatile boolean severalWriters;
    /** The subtask in which readers and writers fail that do so later; -1 for all. */
    public volatile int failingSubtask = -1;
    /** The subtask whose reader ends at the limit while others wait for more; -1 for none. */
    public volatile int endingSubtask = -1;
    /** How far may be read. */
    public volatile long limit;
    private volatile boolean ended;
    /** No unit can be prepared for a checkpoint. */
    public volatile boolean failing;
    /** Called, with its subtask, before a reader is opened. */
    public volatile IntConsumer opening = subtask -> {
    };
    /** No reader can be opened. */
    public volatile boolean unreachable;
    /** What is final. */
    public final List<Long> written = new CopyOnWriteArrayList<>();
    /** Units are prepared for a checkpoint only when this is down. */
    public volatile CountDownLatch prepare = new CountDownLatch(0);
    /** Newcomers are ready to take over only when this is down. */
    public volatile CountDownLatch ready = new CountDownLatch(0);
    public final CountDownLatch release = new CountDownLatch(1);
    private final Set<List<Long>> units = ConcurrentHashMap.newKeySet();
    private final List<WeakReference<Object>> made = new CopyOnWriteArrayList<>();
    private final Map<Integer, SourceContext> sources = new ConcurrentHashMap<>();

    public Connector version(Fault... faults) {
        return new Version(Set.of(faults).isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(Set.of(faults)));
    }

    public void allow(long newLimit) {
        limit = newLimit;
        sources.values().forEach(SourceContext::wakeUp);
    }

    /** Lets readers end when they have read that far. */
    public void end(long lastLimit) {
        limit = lastLimit;
        ended = true;
        allow(lastLimit);
    }

    /** How many readers, writers and units are reachable. */
    public long alive() {
        return made.stream().filter(each -> each.get() != null).count();
    }

    /** A unit that was committed already, as after a restart, does no harm. */
    private void commit(List<Long> unit) {
        if (units.add(List.copyOf(unit))) {
            written.addAll(unit);
        }
    }

    private <T> T track(T object) {
        made.add(new WeakReference<>(object));
        return object;
    }

    private void hang() throws InterruptedException {
        release.await(30, TimeUnit.SECONDS);
    }

    private final class Version implements Connector {
        private final Set<Fault> faults;

        Version(Set<Fault> faults) {
            this.faults = faults;
        }

        private void fail(Fault fault) throws IOException {
            if (faults.contains(fault)) {
                throw new IOException(fault.toString());
            }
        }

        private void hang(Fault fault) throws InterruptedException {
            if (faults.contains(fault)) {
                NumberTables.this.hang();
            }
        }

        @Override
        public boolean isSource() {
            return true;
        }

        @Override
        public boolean isSink() {
            return true;
        }

        @Override
        public boolean usesFormat() {
            return false;
        }

        @Override
        public boolean isSplittable(Options options) {
            return true;
        }

        @Override
        public boolean takesSeveralWriters(Options options) {
            return severalWriters;
        }

        private void failLater(Fault failure, Fault hanging, int subtask) throws IOException, InterruptedException {
            if (failingSubtask < 0 || failingSubtask == subtask) {
                fail(failure);
                hang(hanging);
            }
        }

        @Override
        public List<ConfigOption<?>> options() {
            return List.of();
        }

        @Override
        public void validate(Options options, Schema schema) {
            if (faults.contains(Fault.REFUSES_OPTIONS)) {
                throw new OptionException("connector", Fault.REFUSES_OPTIONS.toString());
            }
        }

        @Override
        public void selfTest() throws Exception {
            fail(Fault.SELF_TEST_FAILS);
            hang(Fault.SELF_TEST_HANGS);
            if (faults.contains(Fault.LEAKS_THREAD)) {
                Thread leak = new Thread(() -> {
                    try {
                        NumberTables.this.hang();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }, "leak");
                leak.setDaemon(true);
                leak.start();
            }
        }

        @Override
        public SourceReader createReader(SourceContext context) throws Exception {
            fail(Fault.CREATE_READER_FAILS);
            if (faults.contains(Fault.CREATE_READER_LINKS_NOT)) {
                throw new NoClassDefFoundError("vendor/Missing");
            }
            return track(new Reader(this, context));
        }

        @Override
        public SinkWriter createWriter(SinkContext context) {
            return track(new Writer(this, context.subtask()));
        }
    }

    private final class Reader implements SourceReader {
        private final Version version;
        private final SourceContext context;
        private final Row row = new Row(1);
        private long next;
        private long prepared;
        private int handed;

        Reader(Version version, SourceContext context) {
            this.version = version;
            this.context = context;
            next = context.subtask();
        }

        @Override
        public void open() throws Exception {
            opening.accept(context.subtask());
            version.fail(Fault.OPEN_READER_FAILS);
            if (unreachable) {
                throw new IOException("unreachable");
            }
            version.hang(Fault.OPEN_READER_HANGS);
            sources.put(context.subtask(), context);
        }

        @Override
        public ReadStatus read(RecordOutput output) throws Exception {
            // before the limit, which has its last value when this is set
            boolean isLast = ended || endingSubtask == context.subtask();
            while (next < limit && !output.isFull()) {
                if (++handed == 100) {
                    version.failLater(Fault.READER_FAILS_LATER, Fault.READER_HANGS_LATER, context.subtask());
                }
                row.setLong(0, next);
                next += context.parallelism();
                output.row(row);
            }
            return next < limit ? ReadStatus.MORE : isLast ? ReadStatus.END_OF_INPUT : ReadStatus.NOTHING_NOW;
        }

        @Override
        public String location() {
            return "number " + next;
        }

        @Override
        public boolean hasPosition() {
            return true;
        }

        @Override
        public void prepare(int form, BinaryReader position) throws Exception {
            version.fail(Fault.PREPARE_READER_FAILS);
            version.hang(Fault.PREPARE_READER_HANGS);
            ready.await();
            prepared = position.readLong();
        }

        @Override
        public boolean closesLater() {
            return version.faults.contains(Fault.CLOSES_LATER);
        }

        @Override
        public int positionVersion() {
            return version.faults.contains(Fault.OTHER_POSITIONS) ? 2 : 1;
        }

        @Override
        public void writePosition(BinaryWriter output) {
            output.writeLong(next);
        }

        @Override
        public void restorePosition(int form, BinaryReader position) throws Exception {
            version.fail(Fault.RESTORE_FAILS);
            next = position.readLong();
            if (next < prepared) {
                throw new IllegalStateException("prepared for " + prepared + ", which comes after " + next);
            }
        }

        @Override
        public void close() throws InterruptedException {
            if (handed > 0) {
                version.hang(Fault.CLOSE_READER_HANGS);
            }
        }
    }

    private final class Writer implements SinkWriter {
        private final Version version;
        private final int subtask;
        private List<Long> unit = new ArrayList<>();
        private boolean hasCheckpoints;
        private int count;

        Writer(Version version, int subtask) {
            this.version = version;
            this.subtask = subtask;
        }

        @Override
        public void open() throws Exception {
            version.fail(Fault.OPEN_WRITER_FAILS);
            version.hang(Fault.OPEN_WRITER_HANGS);
        }

        @Override
        public void prepare() throws Exception {
            version.fail(Fault.PREPARE_WRITER_FAILS);
        }

        @Override
        public void write(Row row) throws Exception {
            if (++count == 100) {
                version.failLater(Fault.WRITER_FAILS_LATER, Fault.WRITER_HANGS_LATER, subtask);
                if (version.faults.contains(Fault.WRITER_LINKS_NOT_LATER)) {
                    throw new NoClassDefFoundError("vendor/Missing");
                }
            }
            unit.add(row.getLong(0));
        }

        @Override
        public void flush() throws Exception {
            version.fail(Fault.FLUSH_FAILS);
        }

        @Override
        public void restore(int form, List<BinaryReader> pending) {
            hasCheckpoints = true;
            pending.forEach(each -> commit(read(each)));
        }

        @Override
        public boolean canTakeOver(int form) {
            return form == 1 && !version.faults.contains(Fault.SLOW_SINK);
        }

        @Override
        public List<PendingCommit> takeOver(int form, List<BinaryReader> pending) throws Exception {
            version.fail(Fault.TAKE_OVER_FAILS);
            hasCheckpoints = true;
            List<PendingCommit> units = new ArrayList<>();
            pending.forEach(each -> units.add(track(new Unit(read(each)))));
            return units;
        }

        private static List<Long> read(BinaryReader unit) {
            List<Long> numbers = new ArrayList<>();
            for (int left = unit.readInt(); left > 0; left--) {
                numbers.add(unit.readLong());
            }
            return numbers;
        }

        @Override
        public PendingCommit beginCommit(long checkpoint) {
            if (unit.isEmpty()) {
                return null;
            }
            Unit begun = track(new Unit(unit));
            unit = new ArrayList<>();
            return begun;
        }

        @Override
        public void finish() {
            if (hasCheckpoints && !unit.isEmpty()) {
                throw new IllegalStateException("no checkpoint has " + unit);
            }
            written.addAll(unit);
            unit.clear();
        }

        @Override
        public void close() throws InterruptedException {
            if (count > 0) {
                version.hang(Fault.CLOSE_WRITER_HANGS);
            }
        }
    }

    private final class Unit implements PendingCommit {
        private final List<Long> numbers;

        Unit(List<Long> numbers) {
            this.numbers = numbers;
        }

        @Override
        public void write(BinaryWriter output) {
            output.writeInt(numbers.size());
            numbers.forEach(output::writeLong);
        }

        @Override
        public void prepare() throws IOException, InterruptedException {
            prepare.await();
            if (failing) {
                throw new IOException("no room");
            }
        }

        @Override
        public void commit() {
            NumberTables.this.commit(numbers);
        }
    }
}
