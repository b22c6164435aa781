package creek.core.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.Row;
import creek.core.data.RowKind;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.internal.state.EntryBuffer;
import creek.core.internal.state.MemoryStateStore;
import creek.core.internal.state.OperatorState;
import creek.core.internal.state.StateTable;
import creek.core.internal.state.TaskState;
import creek.core.state.StateStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Replays events to an operator, one at a time, and compares what comes out. Each check runs several times, on new operators: with an output
 * that takes everything, with one that takes a single thing before it is busy, with a checkpoint after each event after which nothing stays in memory
 * that may leave it, and with a restart from a checkpoint after each event, with each kind of store.
 */
final class OperatorHarness {
    /** What happens: a row, a watermark, or the clock shows another time. */
    sealed interface Event {
    }

    record RowEvent(Row row) implements Event {
    }

    record WatermarkEvent(long watermark) implements Event {
    }

    record TimeEvent(long time) implements Event {
    }

    /** A row or a watermark that comes by an input of that number. */
    record InputEvent(int input, Event event) implements Event {
    }

    private final Supplier<Operator> operators;
    private final Schema outputSchema;
    private final Map<String, String> settings;

    OperatorHarness(Supplier<Operator> operators, Schema outputSchema) {
        this(operators, outputSchema, Map.of());
    }

    OperatorHarness(Supplier<Operator> operators, Schema outputSchema, Map<String, String> settings) {
        this.operators = operators;
        this.outputSchema = outputSchema;
        this.settings = settings;
    }

    static Event row(Object... values) {
        return change(RowKind.INSERT, values);
    }

    /** A row of strings, longs, ints, doubles, booleans and nulls. */
    static Event change(RowKind kind, Object... values) {
        Row row = new Row(values.length);
        row.setKind(kind);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof String text) {
                row.setUtf8(i, Utf8.of(text));
            } else if (value instanceof Double number) {
                row.setDouble(i, number);
            } else if (value instanceof Number number) {
                row.setLong(i, number.longValue());
            } else if (value != null) {
                row.setBoolean(i, (Boolean) value);
            }
        }
        return new RowEvent(row);
    }

    static Event watermark(long watermark) {
        return new WatermarkEvent(watermark);
    }

    /** A row or a watermark for an operator of several inputs. */
    static Event by(int input, Event event) {
        return new InputEvent(input, event);
    }

    static Event time(long time) {
        return new TimeEvent(time);
    }

    /** Rows come out as {@code +I[a, 1]}, watermarks as {@code W(5)}. */
    void check(List<Event> events, List<String> expected) throws Exception {
        assertEquals(expected, run(events, Integer.MAX_VALUE).output);
        assertEquals(expected, run(events, 1).output, "with an output that is busy after each row");
        for (boolean incremental : new boolean[] {true, false}) {
            for (boolean restarting : new boolean[] {true, false}) {
                assertEquals(expected, run(events, Integer.MAX_VALUE, new Durable(incremental, restarting)).output,
                        "incremental: " + incremental + ", restarting after each event: " + restarting);
            }
        }
    }

    /** How many rows were counted as late. */
    long late(List<Event> events) throws Exception {
        return run(events, Integer.MAX_VALUE).late;
    }

    /** The rows that were handed on as late, {@code [a, 1] by 5}: 5 ms. */
    List<String> lateRows(List<Event> events) throws Exception {
        return run(events, Integer.MAX_VALUE).lateRows;
    }

    /** How many rows it says that it keeps in the end. */
    long kept(List<Event> events) throws Exception {
        return run(events, Integer.MAX_VALUE).operator.kept();
    }

    /** How many lookups found something, and how many nothing. */
    List<Long> lookups(List<Event> events) throws Exception {
        Run run = run(events, Integer.MAX_VALUE);
        return List.of(run.hits, run.misses);
    }

    List<String> output(List<Event> events) throws Exception {
        return run(events, Integer.MAX_VALUE).output;
    }

    /**
     * The output if there are checkpoints between the events, at random: some fail, some are complete only a few events later, after some what is in
     * memory leaves it, and now and then all that happened after the last complete one is lost and happens again.
     */
    List<String> outputWithCrashes(List<Event> events, boolean incremental, long seed) throws Exception {
        Random random = new Random(seed);
        Durable durable = new Durable(incremental, true);
        Run run = new Run(operators.get(), Integer.MAX_VALUE, durable);
        run.open();
        Progress last = new Progress(0, List.of(), 0, Map.of());
        Progress taken = null;
        Checkpoint checkpoint = null;
        for (int i = 0; i < events.size(); i++) {
            run.hand(events.get(i));
            run.drain();
            if (checkpoint == null && random.nextInt(3) == 0) {
                checkpoint = durable.begin();
                taken = new Progress(i + 1, List.copyOf(run.output), run.now, Map.copyOf(durable.watermarks));
            }
            if (checkpoint != null && random.nextBoolean()) {
                if (durable.end(checkpoint, random.nextInt(3) > 0)) {
                    last = taken;
                }
                checkpoint = null;
                if (random.nextBoolean()) {
                    durable.state.evict(random.nextInt(2000));
                }
            }
            if (random.nextInt(8) == 0) {
                i = last.events - 1;
                checkpoint = null;
                run.crash(last);
            }
        }
        run.operator.close();
        return run.output;
    }

    /** The output of these events after others that another job's operator has had; this one finds what that has kept. Without watermarks. */
    List<String> outputAfter(OperatorHarness other, List<Event> before, List<Event> events, boolean incremental) throws Exception {
        Durable durable = new Durable(incremental, false);
        other.run(before, Integer.MAX_VALUE, durable);
        List<Event> all = new ArrayList<>();
        durable.watermarks.forEach((input, watermark) -> all.add(by(input, watermark(watermark))));
        all.addAll(events);
        return run(all, Integer.MAX_VALUE, durable).output.stream().filter(text -> !text.startsWith("W(")).toList();
    }

    /** A checkpoint that is being taken. */
    private record Checkpoint(EntryBuffer changes, int epoch) {
    }

    /** How far it has come with a checkpoint. */
    private record Progress(int events, List<String> output, long now, Map<Integer, Long> watermarks) {
    }

    /** The greatest number of rows that came out between two turns of the loop. */
    int mostRowsInStep(List<Event> events) throws Exception {
        return run(events, Integer.MAX_VALUE).mostInStep;
    }

    private Run run(List<Event> events, int outputRoom) throws Exception {
        return run(events, outputRoom, null);
    }

    private Run run(List<Event> events, int outputRoom, Durable durable) throws Exception {
        Run run = new Run(operators.get(), outputRoom, durable);
        run.open();
        for (Event event : events) {
            run.hand(event);
            run.drain();
            if (durable != null) {
                run.checkpoint();
            }
        }
        run.operator.close();
        return run;
    }

    private static void hand(Event event, Input input) throws Exception {
        if (event instanceof RowEvent each) {
            input.process(each.row);
        } else {
            input.watermark(((WatermarkEvent) event).watermark);
        }
    }

    /** Checkpoints after each event. */
    private static final class Durable {
        private final boolean incremental;
        private final boolean restarting;
        private final MemoryStateStore store = new MemoryStateStore();
        /** The last watermark by each input, and by none. */
        private final Map<Integer, Long> watermarks = new TreeMap<>();
        private TaskState state;

        Durable(boolean incremental, boolean restarting) {
            this.incremental = incremental;
            this.restarting = restarting;
        }

        Checkpoint begin() {
            EntryBuffer changes = new EntryBuffer();
            return new Checkpoint(changes, state.write(changes));
        }

        boolean end(Checkpoint begun, boolean completes) throws IOException {
            if (!incremental && completes) {
                store.clear();
            }
            StateStore.Checkpoint checkpoint = store.begin(store.lastCheckpoint() + 1);
            begun.changes.drainTo(checkpoint);
            if (completes) {
                checkpoint.complete();
                state.complete(begun.epoch);
            } else {
                checkpoint.abort();
            }
            return completes;
        }
    }

    /** Plays the loop around the operator, and its output. */
    private final class Run implements OperatorContext, OperatorState, Input {
        private final Durable durable;
        private Operator operator;
        private final int outputRoom;
        private final List<String> output = new ArrayList<>();
        private final List<String> lateRows = new ArrayList<>();
        private final PriorityQueue<Long> timers = new PriorityQueue<>();
        private int room;
        private boolean putOff;
        private long late;
        private long hits;
        private long misses;
        private long now;
        private int inStep;
        private int mostInStep;

        Run(Operator operator, int outputRoom, Durable durable) {
            this.operator = operator;
            this.durable = durable;
            this.outputRoom = outputRoom;
            this.room = outputRoom;
        }

        private void open() throws Exception {
            if (durable != null) {
                durable.state = new TaskState(durable.store, durable.incremental);
            }
            operator.open(this, this);
            if (durable != null) {
                durable.state.checkClaimed(false);
            }
        }

        private void hand(Event event) throws Exception {
            int input = event instanceof InputEvent each ? each.input : -1;
            Event inner = event instanceof InputEvent each ? each.event : event;
            if (inner instanceof TimeEvent each) {
                setTime(each.time);
            } else {
                OperatorHarness.hand(inner, input(input));
                if (durable != null && inner instanceof WatermarkEvent each) {
                    durable.watermarks.put(input, each.watermark);
                }
            }
        }

        private Input input(int number) {
            return number < 0 ? operator : ((MultiInputOperator) operator).inputs().get(number);
        }

        /** Takes a checkpoint and goes on, with another operator if so wanted. */
        private void checkpoint() throws Exception {
            durable.end(durable.begin(), true);
            durable.state.evict(Long.MAX_VALUE);
            if (durable.restarting) {
                restart();
            }
        }

        private void restart() throws Exception {
            operator.close();
            timers.clear();
            List<String> before = List.copyOf(output);
            operator = operators.get();
            open();
            drain();
            // as a task does: sources tell their watermarks again before they read on
            for (Map.Entry<Integer, Long> each : durable.watermarks.entrySet()) {
                OperatorHarness.hand(new WatermarkEvent(each.getValue()), input(each.getKey()));
                drain();
            }
            output.removeIf(text -> text.startsWith("W("));
            assertEquals(before.stream().filter(text -> !text.startsWith("W(")).toList(), output, "a restart makes no rows");
            output.clear();
            output.addAll(before);
        }

        /** Goes back to the last complete checkpoint. */
        private void crash(Progress progress) throws Exception {
            durable.store.crash();
            durable.watermarks.clear();
            durable.watermarks.putAll(progress.watermarks);
            output.clear();
            output.addAll(progress.output);
            now = progress.now;
            restart();
        }

        @Override
        public void keep(String name, StateTable table) throws IOException {
            if (durable != null) {
                durable.state.keep(id(), name, false, table);
            }
        }

        private void drain() throws Exception {
            room = outputRoom;
            inStep = 0;
            for (int steps = 0; putOff; steps++) {
                assertFalse(steps > 1_000_000, "the emission never ends");
                putOff = false;
                room = outputRoom;
                inStep = 0;
                if (!operator.resume()) {
                    putOff = true;
                }
            }
            room = outputRoom;
        }

        private void setTime(long time) throws Exception {
            now = time;
            while (!timers.isEmpty() && timers.peek() <= time) {
                timers.remove();
                operator.processingTime(time);
                drain();
            }
        }

        @Override
        public void process(Row row) {
            output.add(text(row));
            room--;
            mostInStep = Math.max(mostInStep, ++inStep);
        }

        private String text(Row row) {
            StringBuilder text = new StringBuilder(row.kind().shortString()).append('[');
            for (int i = 0; i < Math.min(outputSchema.size(), row.arity()); i++) {
                text.append(i == 0 ? "" : ", ").append(value(row, i));
            }
            return text.append(']').toString();
        }

        private Object value(Row row, int i) {
            if (row.isNullAt(i)) {
                return null;
            }
            return switch (outputSchema.type(i).root()) {
                case VARCHAR -> row.getUtf8(i);
                case DOUBLE -> row.getDouble(i);
                case BOOLEAN -> row.getBoolean(i);
                default -> row.getLong(i);
            };
        }

        @Override
        public void watermark(long watermark) {
            output.add("W(" + (watermark == Long.MAX_VALUE ? "end" : watermark) + ")");
        }

        @Override
        public String id() {
            return "tested";
        }

        @Override
        public Map<String, String> settings() {
            return settings;
        }

        @Override
        public Clock clock() {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Instant instant() {
                    return Instant.ofEpochMilli(now);
                }
            };
        }

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }

        @Override
        public void resumeLater() {
            putOff = true;
        }

        @Override
        public void resumeAfterAPause() {
            putOff = true;
        }

        @Override
        public boolean isOutputBusy() {
            return room <= 0;
        }

        @Override
        public void wakeAt(long time) {
            timers.add(time);
        }

        @Override
        public void countLate() {
            late++;
        }

        @Override
        public void countLate(Row row, long lateness) {
            assertTrue(lateness >= 0, () -> "late by " + lateness);
            late++;
            lateRows.add(text(row) + " by " + lateness);
        }

        @Override
        public void countLookup(boolean found) {
            hits += found ? 1 : 0;
            misses += found ? 0 : 1;
        }

        @Override
        public void countSkipped() {
            // what is left out shows in the output
        }
    }
}
