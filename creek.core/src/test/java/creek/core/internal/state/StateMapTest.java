package creek.core.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.operator.OperatorContext;
import creek.core.state.StateStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values and collections by key behave like plain maps, whatever checkpoints, eviction and crashes happen in between. */
class StateMapTest {
    private static final int KEYS = 60;
    private static final Schema TEXT = Schema.empty().with("text", DataType.string());

    /** A value or how often a row is there, and when that was written. */
    private record Entry(long value, long written) {
    }

    /** What there must be: by key, and for bags by key and row. */
    private record Oracle(Map<String, Entry> values, Map<String, Map<String, Entry>> bags) {
        Oracle() {
            this(new TreeMap<>(), new TreeMap<>());
        }

        Oracle copy() {
            Map<String, Map<String, Entry>> copies = new TreeMap<>();
            bags.forEach((key, bag) -> copies.put(key, new TreeMap<>(bag)));
            return new Oracle(new TreeMap<>(values), copies);
        }
    }

    private static final class LongForm implements ValueForm<long[]> {
        @Override
        public String text() {
            return "a number";
        }

        @Override
        public void write(long[] value, BinaryWriter output) {
            output.writeLong(value[0]);
        }

        @Override
        public long[] read(BinaryReader input) {
            return new long[] {input.readLong()};
        }
    }

    /** An operator with three tables, and the task around it. */
    private static final class Task {
        private final boolean incremental;
        private final long ttl;
        private final MemoryStateStore store = new MemoryStateStore();
        private TaskState state;
        private StateMap<long[]> values;
        /** As the values, each as a row and its time. */
        private LastRows lasts;
        private RowBags bags;
        private long now;

        Task(boolean incremental, long ttl) throws IOException {
            this.incremental = incremental;
            this.ttl = ttl;
            open();
        }

        void open() throws IOException {
            TimeToLive timeToLive = TimeToLive.ofMillis(() -> now, ttl);
            state = new TaskState(store, incremental);
            OperatorContext context = (OperatorContext) Proxy.newProxyInstance(getClass().getClassLoader(),
                    new Class<?>[] {OperatorContext.class, OperatorState.class}, (proxy, method, arguments) -> {
                        state.keep("tested", (String) arguments[0], false, (StateTable) arguments[1]);
                        return null;
                    });
            values = new StateMap<>();
            values.expireAfter(timeToLive);
            values.keep(context, "values", new LongForm());
            lasts = new LastRows(TEXT, true);
            lasts.expireAfter(timeToLive);
            lasts.keep(context, "lasts", "rows");
            bags = new RowBags(TEXT, timeToLive, true, false);
            bags.keep(context, "bags", "rows");
            state.checkClaimed(false);
        }

        boolean isOver(Entry entry) {
            return ttl > 0 && now - entry.written >= ttl;
        }

        boolean end(EntryBuffer changes, int epoch, boolean completes) throws IOException {
            if (!incremental && completes) {
                store.clear();
            }
            StateStore.Checkpoint checkpoint = store.begin(store.lastCheckpoint() + 1);
            changes.drainTo(checkpoint);
            if (completes) {
                checkpoint.complete();
                state.complete(epoch);
            } else {
                checkpoint.abort();
            }
            return completes;
        }

        void checkpoint() throws IOException {
            EntryBuffer changes = new EntryBuffer();
            end(changes, state.write(changes), true);
        }
    }

    private static BinaryWriter bytes(String text) {
        BinaryWriter writer = new BinaryWriter();
        writer.writeString(text);
        return writer;
    }

    private static Row row(String text) {
        Row row = new Row(1);
        row.setUtf8(0, Utf8.of(text));
        return row;
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 0", "true, 40", "false, 40", "true, 400"})
    void when_checkpointsFailAndTasksCrash_then_entriesAreThoseOfTheLastCompleteOneAndWhatCameSince(boolean incremental, long ttl) throws Exception {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Task task = new Task(incremental, ttl);
            Oracle now = new Oracle();
            Oracle complete = now.copy();
            Oracle taken = null;
            EntryBuffer changes = null;
            int epoch = 0;
            for (int i = 0; i < 1500; i++) {
                task.now += random.nextInt(3);
                String key = "k" + (random.nextBoolean() ? random.nextInt(4) : random.nextInt(KEYS));
                if (random.nextBoolean()) {
                    changeValue(task, now, key, random);
                } else {
                    changeBag(task, now, key, random);
                }
                if (changes == null && random.nextInt(10) == 0) {
                    changes = new EntryBuffer();
                    epoch = task.state.write(changes);
                    taken = now.copy();
                }
                if (changes != null && random.nextInt(4) == 0) {
                    if (task.end(changes, epoch, random.nextInt(3) > 0)) {
                        complete = taken;
                    }
                    changes = null;
                }
                if (random.nextInt(10) == 0) {
                    task.state.evict(random.nextInt(4000));
                }
                if (random.nextInt(100) == 0) {
                    task.store.crash();
                    task.open();
                    now = complete.copy();
                    changes = null;
                }
                if (random.nextInt(50) == 0) {
                    compare(task, now, "seed " + seed + ", step " + i);
                }
            }
            compare(task, now, "seed " + seed);
        }
    }

    private static void changeValue(Task task, Oracle oracle, String key, Random random) {
        oracle.values.values().removeIf(task::isOver);
        long[] found = task.values.get(bytes(key));
        Entry expected = oracle.values.get(key);
        assertEquals(expected == null ? null : (Long) expected.value, found == null ? null : (Long) found[0]);
        LastRow last = task.lasts.get(bytes(key));
        check(task, expected, last, "");
        if (found != null && random.nextInt(3) == 0) {
            task.values.remove(bytes(key).toBytes());
            task.lasts.remove(bytes(key).toBytes());
            oracle.values.remove(key);
            return;
        }
        long value = random.nextInt(1000);
        if (found == null) {
            task.values.add(bytes(key).toBytes(), new long[] {value});
        } else {
            found[0] = value;
            task.values.touch();
        }
        task.lasts.pack(row(lastRow(value)), value);
        task.lasts.put(bytes(key), last);
        oracle.values.put(key, new Entry(value, task.now));
    }

    private static String lastRow(long value) {
        return value + "-".repeat((int) value % 70);
    }

    private static void check(Task task, Entry expected, LastRow last, String message) {
        assertEquals(expected == null, last == null, message);
        if (last != null) {
            Row row = new Row(1);
            task.lasts.read(last, row);
            assertEquals(lastRow(expected.value), row.getUtf8(0).toString(), message);
            assertEquals(expected.value, last.time(), message);
        }
    }

    private static void changeBag(Task task, Oracle oracle, String key, Random random) {
        int number = random.nextInt(30);
        String row = "row" + number + "-".repeat(10 * number);
        boolean retraction = random.nextInt(5) < 2;
        oracle.bags.values().forEach(each -> each.values().removeIf(task::isOver));
        Map<String, Entry> bag = oracle.bags.computeIfAbsent(key, each -> new TreeMap<>());
        Entry entry = bag.get(row);
        task.bags.update(bytes(key), row(row), retraction, 0);
        if (!retraction) {
            bag.put(row, new Entry(entry == null ? 1 : entry.value + 1, task.now));
        } else if (entry != null && entry.value > 1) {
            bag.put(row, new Entry(entry.value - 1, entry.written));
        } else {
            bag.remove(row);
        }
    }

    private static void compare(Task task, Oracle oracle, String message) {
        oracle.values.values().removeIf(task::isOver);
        oracle.bags.values().forEach(each -> each.values().removeIf(task::isOver));
        oracle.bags.values().removeIf(Map::isEmpty);
        if (task.ttl == 0) {
            assertEquals(oracle.values.size(), task.values.size(), message);
            assertEquals(oracle.values.size(), task.lasts.size(), message);
            assertEquals(oracle.bags.size(), task.bags.size(), message);
            assertEquals(oracle.bags.values().stream().mapToInt(Map::size).sum(), task.bags.rows(), message);
        }
        for (int i = 0; i < KEYS; i++) {
            String key = "k" + i;
            long[] found = task.values.get(bytes(key));
            Entry expected = oracle.values.get(key);
            assertEquals(expected == null ? null : (Long) expected.value, found == null ? null : (Long) found[0], message);
            check(task, expected, task.lasts.get(bytes(key)), message);
            assertEquals(oracle.bags.getOrDefault(key, Map.of()).entrySet().stream().collect(HashMap::new,
                    (map, each) -> map.put(each.getKey(), each.getValue().value), HashMap::putAll), rows(task, key), message);
        }
    }

    private static Map<String, Long> rows(Task task, String key) {
        Map<String, Long> rows = new HashMap<>();
        RowBag bag = task.bags.get(bytes(key));
        Row row = new Row(1);
        for (int entry = bag == null ? -1 : bag.first(); entry >= 0; entry = bag.next(entry)) {
            if (!task.bags.removeExpired(bag, entry)) {
                task.bags.read(bag, entry, row, 0);
                assertNull(rows.put(row.getUtf8(0).toString(), (long) bag.count(entry)));
            }
        }
        return rows;
    }

    @Test
    void when_nobodyAsksForEntriesWhoseTimeIsOver_then_theyLeaveTheStore() throws Exception {
        Task task = new Task(true, 100);
        for (int i = 0; i < 5000; i++) {
            task.values.add(bytes("old" + i).toBytes(), new long[] {i});
            task.bags.update(bytes("old" + i / 3), row("row" + i), false, 0);
        }
        task.checkpoint();
        task.state.evict(Long.MAX_VALUE);
        assertTrue(task.store.size() >= 10_000);
        task.now = 60;
        for (int i = 0; i < 10; i++) {
            task.values.add(bytes("new" + i).toBytes(), new long[] {i});
            task.bags.update(bytes("new" + i), row("row"), false, 0);
        }
        task.now = 120;
        for (int i = 0; i < 50; i++) {
            task.checkpoint();
            task.state.evict(Long.MAX_VALUE);
        }
        // and the catalogue's three
        assertEquals(23, task.store.size());
        assertEquals(10, task.values.size());
        assertEquals(10, task.bags.size());
        assertEquals(10, task.bags.rows());
        assertEquals(7, task.values.get(bytes("new7"))[0]);
    }

    @Test
    void when_entriesComeAndGo_then_theStoreDoesNotGrow() throws Exception {
        Task task = new Task(true, 1000);
        int most = 0;
        for (int i = 0; i < 60_000; i++) {
            task.now = i;
            task.values.add(bytes("k" + i).toBytes(), new long[] {i});
            if (i % 500 == 0) {
                task.checkpoint();
                task.state.evict(Long.MAX_VALUE);
                most = Math.max(most, task.store.size());
            }
        }
        assertTrue(most < 4000, "the store had " + most + " entries");
    }

    @Test
    void when_keysHaveManyRowsAndNeverComeAgain_then_theStoreDoesNotGrow() throws Exception {
        Task task = new Task(true, 1000);
        int most = 0;
        for (int i = 0; i < 60_000; i++) {
            task.now = i;
            task.bags.update(bytes("k" + i / 100), row("row" + i), false, 0);
            if (i % 5000 == 0) {
                task.checkpoint();
                task.state.evict(Long.MAX_VALUE);
                most = Math.max(most, task.store.size());
            }
        }
        assertTrue(most < 20_000, "the store had " + most + " entries");
    }

    @Test
    void when_manyRowsOfAKeyComeAndGo_then_onlyThoseThatChangedAreWritten() throws Exception {
        Task task = new Task(true, 0);
        for (int i = 0; i < 10_000; i++) {
            task.bags.update(bytes("k"), row("row" + i), false, 0);
        }
        task.checkpoint();
        task.bags.update(bytes("k"), row("row77"), true, 0);
        task.bags.update(bytes("k"), row("row78"), false, 0);
        task.bags.update(bytes("k"), row("more"), false, 0);
        EntryBuffer changes = new EntryBuffer();
        int epoch = task.state.write(changes);
        assertTrue(changes.size() < 500, () -> changes.size() + " bytes");
        task.end(changes, epoch, true);
        task.store.crash();
        task.open();
        assertEquals(10_000, task.bags.rows());
        Map<String, Long> rows = rows(task, "k");
        assertEquals(10_000, rows.size());
        assertEquals(null, rows.get("row77"));
        assertEquals(2, rows.get("row78"));
        assertEquals(1, rows.get("more"));
    }
}
