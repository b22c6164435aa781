package creek.core.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Things are numbers that change. */
class NumberedTableTest {
    private static final class Thing extends Numbered {
        private long value;

        Thing(long value) {
            this.value = value;
        }
    }

    private static final class ThingForm implements ValueForm<Thing> {
        @Override
        public String text() {
            return "number";
        }

        @Override
        public void write(Thing thing, BinaryWriter output) {
            output.writeLong(thing.value);
        }

        @Override
        public Thing read(BinaryReader input) {
            return new Thing(input.readLong());
        }
    }

    private final MemoryStateStore store = new MemoryStateStore();
    private TaskState state;
    private NumberedTable<Thing> table;
    private final List<Thing> things = new ArrayList<>();

    private void open(boolean incremental) throws Exception {
        things.clear();
        state = new TaskState(store, incremental);
        table = new NumberedTable<>(new ThingForm(), things::add);
        state.keep("operator", "things", false, table);
    }

    private long checkpoint(boolean completes) throws Exception {
        EntryBuffer changes = new EntryBuffer();
        int epoch = state.write(changes);
        long bytes = changes.size();
        StateStore.Checkpoint checkpoint = store.begin(store.lastCheckpoint() + 1);
        changes.drainTo(checkpoint);
        if (completes) {
            checkpoint.complete();
            state.complete(epoch);
        } else {
            checkpoint.abort();
        }
        return bytes;
    }

    private Thing add(long value) {
        Thing thing = new Thing(value);
        table.add(thing, Long.hashCode(value));
        things.add(thing);
        return thing;
    }

    private List<Long> values() {
        return things.stream().map(thing -> thing.value).toList();
    }

    @Test
    void when_oneThingChanges_then_oneIsWritten() throws Exception {
        open(true);
        long idle = checkpoint(true);
        for (int i = 0; i < 100; i++) {
            add(i);
        }
        long all = checkpoint(true) - idle;
        table.touch(things.get(50));
        assertEquals(all / 100, checkpoint(true) - idle);
        assertEquals(idle, checkpoint(true));
        table.touch(things.get(50));
        checkpoint(false);
        assertEquals(all / 100, checkpoint(true) - idle, "what a checkpoint that failed has taken is taken by the next");
    }

    @Test
    void when_everythingIsRemoved_then_theStoreIsEmpty() throws Exception {
        open(true);
        checkpoint(true);
        int empty = store.size();
        for (int i = 0; i < 100; i++) {
            add(i);
        }
        checkpoint(true);
        add(100);
        table.removeAll(things);
        checkpoint(false);
        checkpoint(true);
        assertEquals(empty, store.size());
    }

    @Test
    void afterARestartThingsComeInTheOrderInWhichTheyWereAdded() throws Exception {
        for (boolean incremental : new boolean[] {true, false}) {
            store.clear();
            open(incremental);
            Random random = new Random(7);
            for (int i = 0; i < 2000; i++) {
                int what = random.nextInt(10);
                if (what < 4 || things.isEmpty()) {
                    add(random.nextInt());
                } else if (what < 6) {
                    table.remove(things.remove(random.nextInt(things.size())));
                } else if (what < 9) {
                    Thing thing = things.get(random.nextInt(things.size()));
                    table.touch(thing);
                    thing.value++;
                } else {
                    if (!incremental) {
                        store.clear();
                    }
                    checkpoint(true);
                    List<Long> before = values();
                    if (random.nextInt(4) == 0) {
                        open(incremental);
                        assertEquals(before, values());
                    }
                }
            }
            assertTrue(things.size() > 100);
        }
    }
}
