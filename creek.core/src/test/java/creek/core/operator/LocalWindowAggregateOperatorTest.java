package creek.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows are (key, value, time), windows ten milliseconds long. What all subtasks give together is compared by the conformance cases. */
class LocalWindowAggregateOperatorTest {
    private static final Schema KEY = Schema.empty().with("k", DataType.string());

    private final List<String> emitted = new ArrayList<>();
    private LocalWindowAggregateOperator operator;
    private OperatorContext context;
    private boolean busy;
    private boolean putOff;

    private static WindowAggregateOperator windows(Windows windows) {
        return new WindowAggregateOperator(windows, new KeySelector(new int[] {0}, KEY), new CountAndSum(1), 2);
    }

    @BeforeEach
    void open() throws Exception {
        context = (OperatorContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {OperatorContext.class},
                (proxy, method, arguments) -> {
                    putOff |= method.getName().equals("resumeLater");
                    return method.getName().equals("isOutputBusy") ? busy : null;
                });
        open(new TumblingWindows(2, null, 10, 0));
    }

    private void open(Windows windows) throws Exception {
        operator = windows(windows).local().orElseThrow();
        operator.open(context, new Input() {
            @Override
            public void process(Row row) {
                CountAndSum content = new CountAndSum(1);
                content.read(new BinaryReader(row.getUtf8(2).toBytes()));
                Row result = new Row(2);
                content.emit(result, 0);
                emitted.add(row.getUtf8(0) + "@" + row.getLong(1) + ": " + result.getLong(0) + ", " + result.getLong(1));
            }

            @Override
            public void watermark(long watermark) {
                emitted.add("W" + watermark);
            }

            @Override
            public void idle() {
                emitted.add("idle");
            }
        });
    }

    private static Row row(String key) {
        Row row = new Row(3);
        row.setUtf8(0, Utf8.of(key));
        return row;
    }

    private void row(String key, long value, long time) throws Exception {
        Row row = row(key);
        row.setLong(1, value);
        row.setLong(2, time);
        operator.process(row);
    }

    /** Has what puts the parts together take those of all keys at once; gives what that emits. */
    private List<String> keepAll() throws Exception {
        List<String> windows = new ArrayList<>();
        operator.whole().open(context, new Input() {
            @Override
            public void process(Row row) {
                windows.add(row.getUtf8(0) + "@" + row.getLong(3) + ": " + row.getLong(1) + ", " + row.getLong(2));
            }

            @Override
            public void watermark(long watermark) {
                // what it emits before is looked at
            }
        });
        operator.keep(hash -> true);
        return windows;
    }

    private List<String> emitted() {
        List<String> all = List.copyOf(emitted);
        emitted.clear();
        return all;
    }

    @Test
    void when_theWatermarkReachesTheEndOfASlice_then_aRowGoesForEachKey_beforeTheWatermark() throws Exception {
        row("a", 1, 3);
        row("b", 2, 4);
        row("a", 4, 9);
        row("a", 8, 12);
        operator.watermark(8);
        assertEquals(List.of("W8"), emitted());
        operator.watermark(9);
        assertEquals(List.of("a@3: 2, 5", "b@3: 1, 2", "W9"), emitted());
        operator.watermark(100);
        assertEquals(List.of("a@12: 1, 8", "W100"), emitted());
    }

    @Test
    void when_aRowIsBehindTheWatermark_then_itGoesAtOnce() throws Exception {
        operator.watermark(20);
        row("a", 1, 3);
        row("a", 2, 25);
        assertEquals(List.of("W20", "a@3: 1, 1"), emitted());
    }

    @Test
    void when_noWindowIsClosedByAWatermark_then_nobodyIsToldOfIt() throws Exception {
        operator.watermark(2);
        operator.watermark(8);
        operator.watermark(9);
        operator.watermark(18);
        operator.idle();
        operator.watermark(18);
        operator.watermark(19);
        operator.watermark(Long.MAX_VALUE - 1);
        operator.watermark(Long.MAX_VALUE);
        assertEquals(List.of("W2", "W9", "idle", "W19", "W" + (Long.MAX_VALUE - 1), "W" + Long.MAX_VALUE), emitted());
    }

    @Test
    void when_keysStayInTheSubtask_then_noRowsGo() throws Exception {
        List<String> windows = keepAll();
        row("a", 1, 3);
        row("b", 2, 4);
        row("a", 4, 9);
        operator.watermark(9);
        assertEquals(List.of("W9"), emitted());
        operator.whole().watermark(9);
        assertEquals(List.of("a@0: 2, 5", "b@0: 1, 2"), windows);
    }

    @Test
    void when_onlySomeKeysStay_then_rowsGoForTheOthers() throws Exception {
        List<String> windows = keepAll();
        int hash = new KeySelector(new int[] {0}, KEY).hash(row("a"), new BinaryWriter());
        operator.keep(each -> each == hash);
        row("a", 1, 3);
        row("b", 2, 4);
        operator.watermark(9);
        assertEquals(List.of("b@3: 1, 2", "W9"), emitted());
        operator.whole().watermark(9);
        assertEquals(List.of("a@0: 1, 1"), windows);
    }

    @Test
    void when_itsWindowsHaveBeenEmitted_then_whatStaysGoesAsARow_toBeCountedAsLate() throws Exception {
        List<String> windows = keepAll();
        operator.whole().watermark(9);
        row("a", 1, 3);
        operator.watermark(9);
        assertEquals(List.of("a@3: 1, 1", "W9"), emitted());
        assertEquals(List.of(), windows);
    }

    @Test
    void when_someOfItsWindowsHaveBeenEmitted_then_whatStaysGoesAsARow() throws Exception {
        open(new HoppingWindows(2, null, 20, 10, 0));
        List<String> windows = keepAll();
        row("a", 1, 12);
        operator.watermark(19);
        operator.whole().watermark(19);
        assertEquals(List.of("a@0: 1, 1"), windows);
        row("a", 2, 15);
        operator.watermark(20);
        assertEquals(List.of("W19", "a@15: 1, 2"), emitted());
    }

    @Test
    void when_itFallsIdle_then_nothingIsHeldUntilTimeGoesOn() throws Exception {
        row("a", 1, 3);
        operator.idle();
        row("a", 2, 4);
        assertEquals(List.of("a@3: 1, 1", "idle", "a@4: 1, 2"), emitted());
        operator.watermark(1);
        row("a", 3, 5);
        assertEquals(List.of("W1"), emitted());
    }

    @Test
    void when_theExchangeIsBusy_then_theRestIsPutOff() throws Exception {
        row("a", 1, 3);
        row("b", 2, 13);
        busy = true;
        assertFalse(operator.emitHeld());
        assertTrue(putOff);
        assertEquals(List.of(), emitted());
        busy = false;
        assertTrue(operator.resume());
        assertEquals(List.of("a@3: 1, 1", "b@13: 1, 2"), emitted());
        assertTrue(operator.emitHeld());
    }

    @Test
    void when_thereAreManySlices_then_theyGo() throws Exception {
        for (int i = 0; i < 17; i++) {
            row("a", 1, 10L * i);
        }
        assertEquals(17, emitted().size());
    }

    @Test
    void when_windowsCannotBePutTogetherFromParts_then_thereIsNone() {
        assertTrue(windows(new TumblingWindows(Windows.PROCESSING_TIME, null, 10, 0)).local().isEmpty());
        assertTrue(windows(new AttachedWindows(new TumblingWindows(2, null, 10, 0))).local().isEmpty());
        assertTrue(windows(new HoppingWindows(2, null, 20, 10, 0)).local().isPresent());
    }
}
