package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.connector.EndOfOutputException;
import creek.core.connector.FixedRegistry;
import creek.core.connector.MemoryConnector;
import creek.core.connector.MemoryConnector.BeginSplit;
import creek.core.connector.MemoryConnector.EndSplit;
import creek.core.connector.MemoryConnector.Fail;
import creek.core.connector.MemoryConnector.RecordStep;
import creek.core.connector.MissingServiceException;
import creek.core.connector.PairFormat;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.job.JobState;
import creek.core.job.Stream;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.operator.Operator;
import creek.core.operator.OperatorContext;
import creek.core.operator.WatermarkGenerator;
import creek.core.option.OptionException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class TaskTest {
    private static final Schema SCHEMA = Schema.empty().with("k", DataType.string()).with("ts", DataType.timestamp(3));

    private final MemoryConnector memory = new MemoryConnector(true);
    private final TestClock clock = new TestClock();
    private final JobGraph graph = new JobGraph();
    private final List<JobState> states = new CopyOnWriteArrayList<>();

    @Test
    void when_inputEnds_then_rowsAreWrittenSinksFinishedAndEverythingClosed() throws Exception {
        memory.source("in").records("a,1", "", "b,2").end();
        source("in").sink("out", sink("out"));
        Task task = task();
        assertEquals(JobState.FINISHED, task.run(states::add));
        assertEquals(List.of("a,1", "b,2"), memory.sink("out").rows);
        assertEquals(List.of("open", "finish", "close"), memory.sink("out").calls);
        assertEquals(List.of("open", "close"), memory.source("in").calls);
        assertEquals(List.of(JobState.RUNNING), states);
        assertEquals(3, task.metrics().recordsIn());
        assertEquals(2, task.metrics().recordsOut());
        assertEquals(Long.MAX_VALUE, task.metrics().watermark());
    }

    @Test
    void when_severalPartsWriteOneTable_then_eachHasAFolderOfItsOwnForThat() throws Exception {
        memory.source("in").records("a,1").end();
        Stream rows = source("in");
        rows.sink("first", sink("out"));
        rows.sink("second", sink("out"));
        run();
        assertEquals(Set.of(Path.of("second"), Path.of("first")),
                memory.sink("out").folders.stream().map(Path::getFileName).collect(Collectors.toSet()));
    }

    @Test
    void when_rowRaisesWatermark_then_rowIsHandledFirst() throws Exception {
        memory.source("in").records("a,5", "b,3", "c,7").end();
        Recorder recorder = new Recorder();
        source("in").then("record", recorder).sink("out", sink("out"));
        run();
        assertEquals(List.of("a,5", "W5", "b,3", "c,7", "W7", "Wend"), recorder.seen);
    }

    @Test
    void when_emissionIsPeriodic_then_watermarksComeAfterAPieceOfReading() throws Exception {
        memory.source("in").records("a,5", "c,7").end();
        Recorder recorder = new Recorder();
        graph.source("in", table("in").option("scan.watermark.emit.strategy", "on-periodic")).then("record", recorder).sink("out", sink("out"));
        run();
        assertEquals(List.of("a,5", "c,7", "Wend"), recorder.seen);
    }

    @Test
    void when_severalSplits_then_lowestWatermarkCounts() throws Exception {
        memory.source("in").add(new BeginSplit("x"), new BeginSplit("y"), new RecordStep("y,9"), new BeginSplit("x"), new RecordStep("x,4"),
                new RecordStep("x,6"), new EndSplit("x"), new BeginSplit("y"), new RecordStep("y,10")).end();
        Recorder recorder = new Recorder();
        source("in").then("record", recorder).sink("out", sink("out"));
        run();
        assertEquals(List.of("y,9", "x,4", "W4", "x,6", "W6", "y,10", "W10", "Wend"), recorder.seen);
    }

    @Test
    void when_splitIsSilentForTooLong_then_itHoldsBackNoLonger() throws Exception {
        graph.set("table.exec.source.idle-timeout", "10 s");
        memory.source("in").add(new BeginSplit("silent"), new BeginSplit("busy")).records("b,5");
        Recorder recorder = new Recorder();
        source("in").then("record", recorder).sink("out", sink("out"));
        try (Running running = start()) {
            await(() -> recorder.size() == 1);
            clock.advance(Duration.ofSeconds(9));
            memory.source("in").records("b,6");
            await(() -> running.task.metrics().recordsIn() == 2);
            // read by a turn that began with the clock put forward
            memory.source("in").records("b,6");
            await(() -> recorder.size() == 3);
            clock.advance(Duration.ofSeconds(1));
            memory.source("in").add();
            await(() -> recorder.size() == 4);
            memory.source("in").end();
            running.end();
        }
        assertEquals(List.of("b,5", "b,6", "b,6", "W6", "Wend"), recorder.seen);
    }

    @Test
    void when_allSplitsFallSilentTogether_then_oneThatNeverHadARowDoesNotHoldBackTheOthers() throws Exception {
        graph.set("table.exec.source.idle-timeout", "10 s");
        memory.source("in").add(new BeginSplit("silent"), new BeginSplit("first"), new RecordStep("a,5"), new BeginSplit("second"), new RecordStep("b,7"));
        Recorder recorder = new Recorder();
        source("in").then("record", recorder).sink("out", sink("out"));
        try (Running running = start()) {
            await(() -> recorder.size() == 2);
            clock.advance(Duration.ofSeconds(10));
            await(() -> recorder.size() == 4);
            memory.source("in").end();
            running.end();
        }
        assertEquals(List.of("a,5", "b,7", "W5", "idle", "Wend"), recorder.seen);
    }

    @Test
    void when_oneSourceOfAUnionIsSilent_then_theOtherGoesOnAlone() throws Exception {
        graph.set("table.exec.source.idle-timeout", "10 s");
        memory.source("left").records("l,5");
        memory.source("right");
        Recorder recorder = new Recorder();
        graph.union("union", List.of(source("left"), source("right"))).then("record", recorder).sink("out", sink("out"));
        try (Running running = start()) {
            await(() -> recorder.size() == 1);
            clock.advance(Duration.ofSeconds(9));
            memory.source("left").records("l,6");
            await(() -> running.task.metrics().recordsIn() == 2);
            // read by a turn that began with the clock put forward
            memory.source("left").records("l,6");
            await(() -> recorder.size() == 3);
            clock.advance(Duration.ofSeconds(1));
            await(() -> recorder.size() == 4);
            memory.source("left").end();
            memory.source("right").end();
            running.end();
        }
        assertEquals(List.of("l,5", "l,6", "l,6", "W6", "Wend"), recorder.seen);
    }

    @Test
    void when_theClockIsPutForward_then_noSourceHasBeenSilentForThatTime() throws Exception {
        graph.set("table.exec.source.idle-timeout", "10 s");
        clock.advance(Duration.ofDays(20_000));
        memory.source("left").records("l,5");
        memory.source("right");
        Recorder recorder = new Recorder();
        graph.union("union", List.of(source("left"), source("right"))).then("record", recorder).sink("out", sink("out"));
        try (Running running = start()) {
            await(() -> recorder.size() == 1);
            clock.advance(Duration.ofHours(1));
            memory.source("left").records("l,6");
            await(() -> recorder.size() == 2);
            memory.source("left").records("l,7");
            await(() -> recorder.size() == 3);
            assertEquals(List.of("l,5", "l,6", "l,7"), recorder.seen);
            memory.source("left").end();
            memory.source("right").end();
            running.end();
        }
    }

    @Test
    void when_union_then_lowestWatermarkOfInputsCounts() throws Exception {
        memory.source("left").records("l,1", "l,3").end();
        memory.source("right").records("r,2").end();
        Recorder recorder = new Recorder();
        graph.union("union", List.of(source("left"), source("right"))).then("record", recorder).sink("out", sink("out"));
        run();
        assertEquals(List.of("l,1", "l,3", "r,2", "W2", "Wend"), recorder.seen);
    }

    @Test
    void when_severalSources_then_theOneWithTheLowestWatermarkIsRead() throws Exception {
        for (int i = 0; i < 5000; i++) {
            memory.source("fast").records("f," + 10 * i);
            memory.source("slow").records("s," + i);
        }
        memory.source("fast").end();
        memory.source("slow").end();
        Recorder recorder = new Recorder();
        graph.union("union", List.of(source("fast"), source("slow"))).then("record", recorder).sink("out", sink("out"));
        run();
        int firstSlow = recorder.seen.indexOf("s,0");
        int lastSlow = recorder.seen.indexOf("s,4999");
        long fastBeforeSlowEnds = recorder.seen.subList(0, lastSlow).stream().filter(text -> text.startsWith("f")).count();
        assertTrue(firstSlow <= 3000 && fastBeforeSlowEnds <= 1024, firstSlow + " " + fastBeforeSlowEnds);
    }

    @Test
    void when_sourcesAreAligned_then_theFastOneWaitsForTheOther() throws Exception {
        for (int i = 0; i < 2000; i++) {
            memory.source("fast").records("f," + 10 * i);
        }
        memory.source("fast").end();
        memory.source("slow").records("s,0");
        Recorder recorder = new Recorder();
        graph.union("union", List.of(aligned("fast"), aligned("slow"))).then("record", recorder).sink("out", sink("out"));
        try (Running running = start()) {
            await(() -> recorder.rows() == 13);
            memory.source("slow").records("s,200");
            await(() -> recorder.rows() == 34);
            memory.source("slow").end();
            running.end();
        }
        assertEquals(2002, recorder.rows());
    }

    @Test
    void when_aSourceHasNoWatermarks_then_nobodyIsAlignedWithIt() throws Exception {
        TableSource timeless = new TableSource("slow", SCHEMA).option("connector", "memory").option("name", "slow").option("format", "pair").read("k")
                .read("ts").option("scan.watermark.alignment.group", "g").option("scan.watermark.alignment.max-drift", "100 ms");
        graph.source("slow", timeless).sink("out2", sink("out2"));
        aligned("fast").sink("out", sink("out"));
        memory.source("fast").records("a,1000", "b,2000", "c,3000");
        try (Running running = start()) {
            await(() -> memory.sink("out").rows.size() == 3);
            memory.source("fast").end();
            memory.source("slow").end();
            running.end();
        }
    }

    private Stream aligned(String name) {
        return graph.source(name, table(name).option("scan.watermark.alignment.group", "g").option("scan.watermark.alignment.max-drift", "100 ms"));
    }

    @Test
    void when_alignmentLacksItsDrift_then_refused() {
        graph.source("in", table("in").option("scan.watermark.alignment.group", "g"));
        assertTrue(assertThrows(OptionException.class, this::task).getMessage().contains("'scan.watermark.alignment.max-drift' must be set"));
    }

    @Test
    void when_streamIsUsedTwice_then_sourceIsReadOnce() throws Exception {
        memory.source("in").records("a,1", "b,2").end();
        Stream stream = source("in");
        stream.sink("out1", sink("out1"));
        stream.sink("out2", sink("out2"));
        Task task = run();
        assertEquals(List.of("a,1", "b,2"), memory.sink("out1").rows);
        assertEquals(List.of("a,1", "b,2"), memory.sink("out2").rows);
        assertEquals(2, task.metrics().recordsIn());
        assertEquals(4, task.metrics().recordsOut());
    }

    @Test
    void when_metadataIsWanted_then_itFollowsTheColumns() throws Exception {
        memory.source("in").records("a,10", "b,20").end();
        graph.source("in", table("in").readMetadata("offset")).sink("out", sink("out"));
        run();
        assertEquals(List.of("a,10,1", "b,20,2"), memory.sink("out").rows);
    }

    @Test
    void when_recordCantBeDecoded_then_jobFailsSayingWhereAndWhy() throws Exception {
        memory.source("in").records("a,1", "b,x").end();
        source("in").sink("out", sink("out"));
        Exception failure = assertThrows(TaskException.class, this::run);
        assertEquals("table 'in', record 2: not a number at byte 2", failure.getMessage());
        assertEquals(List.of("open", "close"), memory.sink("out").calls);
    }

    @Test
    void when_readerFails_then_jobFailsWithItsMessage() throws Exception {
        memory.source("in").records("a,1").add(new Fail(new IOException("disk on fire")));
        source("in").sink("out", sink("out"));
        assertEquals("table 'in': disk on fire", assertThrows(TaskException.class, this::run).getMessage());
    }

    @Test
    void when_operatorFails_then_jobFailsSayingAtWhichRecord() throws Exception {
        memory.source("in").records("a,1").end();
        source("in").then("divide", new Operator() {
            @Override
            public void process(Row row) {
                throw new ArithmeticException("/ by zero");
            }
        }).sink("out", sink("out"));
        assertEquals("table 'in', record 1: / by zero", assertThrows(TaskException.class, this::run).getMessage());
    }

    @Test
    void when_writerFails_then_jobFailsNamingItsTable() throws Exception {
        memory.source("in").records("a,1").end();
        memory.sink("out").failure = new IOException("no space left");
        source("in").sink("out", sink("out"));
        assertEquals("table 'out': no space left", assertThrows(TaskException.class, this::run).getMessage());
        assertEquals(List.of("open", "close"), memory.sink("out").calls);
    }

    @Test
    void when_nobodyReadsTheOutput_then_jobFinishesQuietly() throws Exception {
        memory.source("in").records("a,1");
        memory.sink("pipe").failure = new EndOfOutputException("closed");
        Stream stream = source("in");
        stream.sink("other", sink("other"));
        stream.sink("pipe", sink("pipe"));
        assertEquals(JobState.FINISHED, task().run(states::add));
        assertTrue(memory.sink("other").calls.contains("finish"));
    }

    @Test
    void when_sinkIsNotReady_then_nothingIsReadUntilItIs() throws Exception {
        memory.sink("out").ready = false;
        memory.source("in").records("a,1").end();
        source("in").sink("out", sink("out"));
        try (Running running = start()) {
            running.task.pause();
            await(() -> states.contains(JobState.PARKED));
            running.task.resume();
            assertEquals(2, memory.source("in").script.size());
            memory.sink("out").ready = true;
            assertEquals(JobState.FINISHED, running.end());
        }
        assertEquals(List.of("a,1"), memory.sink("out").rows);
    }

    @Test
    void when_paused_then_nothingIsReadUntilResumed() throws Exception {
        source("in").sink("out", sink("out"));
        try (Running running = start()) {
            running.task.pause();
            await(() -> states.contains(JobState.PARKED));
            memory.source("in").records("a,1").end();
            assertEquals(0, memory.sink("out").rows.size());
            running.task.resume();
            assertEquals(JobState.FINISHED, running.end());
        }
        assertEquals(List.of(JobState.RUNNING, JobState.PARKED, JobState.RUNNING), states);
    }

    @Test
    void when_stopped_then_whatWasWrittenIsMadeFinal() throws Exception {
        memory.source("in").records("a,1");
        source("in").sink("out", sink("out"));
        try (Running running = start()) {
            await(() -> memory.sink("out").calls.contains("flush"));
            running.task.stop();
            assertEquals(JobState.STOPPED, running.end());
        }
        assertEquals(List.of("open", "flush", "finish", "close"), memory.sink("out").calls);
    }

    @Test
    void when_cancelled_then_nothingIsMadeFinal() throws Exception {
        memory.source("in").records("a,1");
        source("in").sink("out", sink("out"));
        try (Running running = start()) {
            await(() -> memory.sink("out").calls.contains("flush"));
            running.task.cancel();
            assertEquals(JobState.STOPPED, running.end());
        }
        assertEquals(List.of("open", "flush", "close"), memory.sink("out").calls);
    }

    @Test
    void when_emissionIsLong_then_stopIsHeardMeanwhile() throws Exception {
        memory.source("in").records("a,1");
        source("in").then("endless", new Endless()).sink("out", sink("out"));
        try (Running running = start()) {
            await(() -> memory.sink("out").rows.size() > 5 * Operator.STEP_ROWS);
            running.task.stop();
            assertEquals(JobState.STOPPED, running.end());
        }
    }

    @Test
    void when_operatorHasSomethingPutOff_then_itGetsNeitherRowsNorWatermarks() throws Exception {
        for (int i = 0; i < 3000; i++) {
            memory.source("in").records("a," + i);
        }
        memory.source("in").end();
        Stream doubled = source("in").then("first", new Repeat(3));
        Stream other = doubled.then("side", new Repeat(1));
        graph.union("union", List.of(doubled, other)).then("second", new Repeat(2)).sink("out", sink("out"));
        run();
        assertEquals(3000 * 3 * 2 * 2, memory.sink("out").rows.size());
    }

    @Test
    void when_processingTimeComes_then_operatorIsWoken() throws Exception {
        source("in").then("timer", new Operator() {
            @Override
            public void process(Row row) throws Exception {
                context.wakeAt(row.getLong(1));
            }

            @Override
            public void processingTime(long now) throws Exception {
                Row row = new Row(1);
                row.setLong(0, now);
                output.process(row);
            }
        }).sink("out", sink("out"));
        try (Running running = start()) {
            memory.source("in").records("a,2000", "b,1000");
            await(() -> running.task.metrics().recordsIn() == 2);
            clock.advance(Duration.ofSeconds(1));
            await(() -> memory.sink("out").rows.size() == 1);
            clock.advance(Duration.ofSeconds(5));
            await(() -> memory.sink("out").rows.size() == 2);
            memory.source("in").end();
            running.end();
        }
        assertEquals(List.of("1000", "6000"), memory.sink("out").rows);
    }

    @Test
    void when_connectorIsMissing_then_messageListsThoseThatAreThere() {
        graph.source("in", new TableSource("in", SCHEMA).option("connector", "kafka"));
        assertEquals("table 'in': connector 'kafka' is not there; known connectors are memory",
                assertThrows(MissingServiceException.class, this::task).getMessage());
    }

    @Test
    void when_optionIsWrong_then_messageNamesTableAndOption() {
        graph.source("in", table("in").option("pair.strict", "perhaps"));
        assertEquals("table 'in': option 'pair.strict': 'perhaps' is not true or false",
                assertThrows(OptionException.class, this::task).getMessage());
    }

    @Test
    void when_twoPartsHaveOneId_then_refused() {
        source("in");
        assertThrows(IllegalArgumentException.class, () -> source("in"));
    }

    @Test
    void when_rowsComeTooLate_then_theyAreCountedAndGoWhereLateRowsAreWanted() throws Exception {
        memory.source("in").records("a,5", "b,20", "c,3", "d,17").end();
        Stream kept = source("in").then("drop", new Operator() {
            private long watermark;

            @Override
            public void process(Row row) throws Exception {
                if (row.getLong(1) < watermark - 10) {
                    context.countLate(row, watermark - row.getLong(1));
                } else {
                    output.process(row);
                }
            }

            @Override
            public void watermark(long newWatermark) throws Exception {
                watermark = newWatermark;
                super.watermark(newWatermark);
            }
        });
        kept.sink("out", sink("out"));
        kept.lateRows().then("lateness", new Operator() {
            @Override
            public void process(Row row) throws Exception {
                Row late = new Row(2);
                late.setFrom(0, row, 0);
                late.setFrom(1, row, 2);
                output.process(late);
            }
        }).sink("late", sink("late"));
        Task task = run();
        assertEquals(List.of("a,5", "b,20", "d,17"), memory.sink("out").rows);
        assertEquals(List.of("c,17"), memory.sink("late").rows);
        assertEquals(1, task.metrics().late());
    }

    // what jobs are made of

    private Stream source(String name) {
        return graph.source(name, table(name));
    }

    private static TableSource table(String name) {
        return new TableSource(name, SCHEMA).option("connector", "memory").option("name", name).option("format", "pair")
                .read("k").read("ts").watermark(new WatermarkGenerator() {
                    @Override
                    public void open(OperatorContext context) {
                        // needs nothing
                    }

                    @Override
                    public long watermark(Row row) {
                        return row.getLong(1);
                    }
                });
    }

    private static TableSink sink(String name) {
        return new TableSink(name, SCHEMA).option("connector", "memory").option("name", name);
    }

    private Task task() {
        return new Task(graph, new TaskEnvironment("test",
                new FixedRegistry(Map.of("memory", memory), Map.of("pair", new PairFormat())), Path.of(""), Path.of(""), clock));
    }

    private Task run() throws Exception {
        Task task = task();
        task.run(states::add);
        return task;
    }

    private Running start() {
        Running running = new Running(task());
        running.thread.start();
        return running;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertFalse(System.nanoTime() > deadline, "did not come to pass");
            Thread.sleep(1);
        }
    }

    /** A task on a thread of its own, which is gone after the test. */
    private final class Running implements AutoCloseable {
        private final Task task;
        private final CompletableFuture<JobState> result = new CompletableFuture<>();
        private final Thread thread;

        Running(Task task) {
            this.task = task;
            thread = new Thread(() -> {
                try {
                    result.complete(task.run(states::add));
                } catch (Exception e) {
                    result.completeExceptionally(e);
                }
            });
        }

        JobState end() throws Exception {
            return result.get(60, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws InterruptedException {
            task.stop();
            thread.join();
        }
    }

    /** Passes everything on and remembers it. */
    private static final class Recorder extends Operator {
        private final List<String> seen = new ArrayList<>();

        synchronized long rows() {
            return seen.stream().filter(each -> each.contains(",")).count();
        }

        synchronized int size() {
            return seen.size();
        }

        @Override
        public synchronized void process(Row row) throws Exception {
            seen.add(row.getUtf8(0) + "," + row.getLong(1));
            output.process(row);
        }

        @Override
        public synchronized void watermark(long watermark) throws Exception {
            seen.add("W" + (watermark == Long.MAX_VALUE ? "end" : watermark));
            super.watermark(watermark);
        }

        @Override
        public synchronized void idle() throws Exception {
            seen.add("idle");
            super.idle();
        }
    }

    /** Emits each row several times, one in a step, and refuses to be disturbed meanwhile. */
    private static final class Repeat extends Operator {
        private final int times;
        private Row row;
        private int left;

        Repeat(int times) {
            this.times = times;
        }

        @Override
        public void process(Row given) {
            assertEquals(0, left, "a row came while another was being emitted");
            row = given.copy();
            left = times;
            context.resumeLater();
        }

        @Override
        public boolean resume() throws Exception {
            if (left > 0 && !context.isOutputBusy()) {
                left--;
                output.process(row);
            }
            return left == 0;
        }

        @Override
        public void watermark(long watermark) throws Exception {
            assertEquals(0, left, "a watermark came while a row was being emitted");
            super.watermark(watermark);
        }
    }

    /** Never stops emitting. */
    private static final class Endless extends Operator {
        private final Row row = new Row(1);

        @Override
        public void process(Row given) {
            context.resumeLater();
        }

        @Override
        public boolean resume() throws Exception {
            for (int i = 0; i < STEP_ROWS; i++) {
                output.process(row);
            }
            return false;
        }
    }
}
