package creek.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.internal.state.EntryBuffer;
import creek.core.internal.state.MemoryStateStore;
import creek.core.internal.state.OperatorState;
import creek.core.internal.state.StateTable;
import creek.core.internal.state.TaskState;
import creek.core.state.StateStore;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What windows leave in the store and in memory. Rows are (key, value, time), windows of 40 ms every 10. */
class SliceTableTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());
    private static final int KEYS = 100;

    private final MemoryStateStore store = new MemoryStateStore();
    private final TaskState state = new TaskState(store, true);
    private final List<String> output = new ArrayList<>();
    private final Operator operator = new WindowAggregateOperator(new HoppingWindows(2, null, 40, 10, 0), new KeySelector(new int[] {0}, KEY),
            new CountAndSum(1), 2);
    /** How many things a checkpoint of no changes writes. */
    private final long idle;

    SliceTableTest() throws Exception {
        operator.open((OperatorContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {OperatorContext.class, OperatorState.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("keep")) {
                        state.keep("windows", (String) arguments[0], false, (StateTable) arguments[1]);
                    }
                    return method.getName().equals("isOutputBusy") ? false : null;
                }), new Input() {
                    @Override
                    public void process(Row row) {
                        output.add(row.getUtf8(0) + " " + row.getLong(1) + " until " + row.getLong(4));
                    }

                    @Override
                    public void watermark(long watermark) {
                        // not of interest
                    }

                    @Override
                    public void idle() {
                        // not of interest
                    }
                });
        idle = checkpoint();
    }

    private long checkpoint() throws Exception {
        EntryBuffer changes = new EntryBuffer();
        int epoch = state.write(changes);
        long bytes = changes.size();
        StateStore.Checkpoint checkpoint = store.begin(store.lastCheckpoint() + 1);
        changes.drainTo(checkpoint);
        checkpoint.complete();
        state.complete(epoch);
        return bytes;
    }

    private void rows(int keys, long time) throws Exception {
        for (int i = 0; i < keys; i++) {
            Row row = new Row(3);
            row.setUtf8(0, Utf8.of("key " + i));
            row.setLong(1, 1);
            row.setLong(2, time);
            operator.process(row);
        }
    }

    private void watermark(long watermark) throws Exception {
        operator.watermark(watermark);
        assertTrue(operator.resume());
    }

    @Test
    void when_oneGroupHasChanged_then_aCheckpointWritesOneGroup() throws Exception {
        rows(KEYS, 5);
        rows(KEYS, 15);
        long all = checkpoint() - idle;
        rows(1, 17);
        long one = checkpoint() - idle;
        assertTrue(one > 0 && one < all / KEYS, () -> one + " of " + all);
        assertEquals(idle, checkpoint());
    }

    @Test
    void when_slicesRest_then_theyLeaveMemoryAndComeBack() throws Exception {
        rows(KEYS, 5);
        rows(KEYS, 15);
        checkpoint();
        rows(KEYS, 25);
        checkpoint();
        checkpoint();
        assertTrue(state.evictableBytes() > 3 * KEYS * 20, () -> state.evictableBytes() + " bytes");
        assertTrue(state.evict(Long.MAX_VALUE) > 3 * KEYS * 20);
        assertEquals(0, state.evictableBytes());
        rows(1, 7);
        watermark(29);
        assertEquals(3 * KEYS, output.size());
        assertTrue(output.contains("key 0 4 until 30"), output::toString);
        assertTrue(output.contains("key 99 3 until 30"), output::toString);
    }

    @Test
    void when_rowsComeForASlice_then_itStaysInMemory() throws Exception {
        rows(KEYS, 5);
        checkpoint();
        assertEquals(0, state.evictableBytes());
        assertEquals(0, state.evict(Long.MAX_VALUE));
    }

    @Test
    void when_windowsHaveClosed_then_theStoreHasNothingOfThem() throws Exception {
        int empty = store.size();
        for (long time = 5; time < 400; time += 5) {
            rows(3 + (int) (time % 7), time);
            checkpoint();
            state.evict(1000);
            watermark(time - 12);
        }
        watermark(1000);
        checkpoint();
        assertEquals(empty, store.size());
    }
}
