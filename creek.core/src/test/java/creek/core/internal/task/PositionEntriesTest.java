package creek.core.internal.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.internal.state.EngineTable;
import creek.core.internal.state.EntryBuffer;
import creek.core.state.StateStore;
import creek.core.state.DamagedStateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PositionEntriesTest {
    private final Map<String, BinaryReader> stored = new HashMap<>();
    private final Map<String, byte[]> store = new HashMap<>();
    /** What a restart finds. */
    private Map<String, byte[]> complete = Map.of();
    private byte[] storedEntry;
    private int puts;

    /** A checkpoint, which may fail: what it has changed stays visible then, until a restart. */
    private void checkpoint(PositionEntries entries, byte[] position, boolean all, boolean completes) throws IOException {
        BinaryWriter entry = new BinaryWriter();
        EntryBuffer changes = new EntryBuffer();
        entries.write(position, entry, changes, all);
        if (all) {
            store.clear();
        }
        puts = 0;
        changes.drainTo(new StateStore.Checkpoint() {
            @Override
            public void put(byte[] key, byte[] value) {
                puts++;
                assertEquals(EngineTable.POSITION_PIECE, key[3]);
                store.put(new String(key, 4, key.length - 4, StandardCharsets.UTF_8), value);
            }

            @Override
            public void remove(byte[] key) {
                store.remove(new String(key, 4, key.length - 4, StandardCharsets.UTF_8));
            }

            @Override
            public void complete() {
                throw new AssertionError("not the buffer's task");
            }

            @Override
            public void abort() {
                throw new AssertionError("not the buffer's task");
            }
        });
        if (!completes) {
            return;
        }
        complete = Map.copyOf(store);
        storedEntry = entry.toBytes();
        assertArrayEquals(position, entries.complete());
    }

    private PositionEntries restart(byte[] expected) throws IOException {
        stored.clear();
        store.clear();
        store.putAll(complete);
        store.forEach((id, value) -> stored.put(id, new BinaryReader(value)));
        PositionEntries entries = new PositionEntries("in");
        assertArrayEquals(expected, entries.read(new BinaryReader(storedEntry), stored));
        assertEquals(Math.max(expected.length - 1, 0) / 4096, store.size());
        return entries;
    }

    @Test
    void positionsOfAnyLengthComeBack() throws IOException {
        for (boolean all : new boolean[] {false, true}) {
            Random random = new Random(3);
            byte[] last = {};
            checkpoint(new PositionEntries("in"), last, all, true);
            PositionEntries entries = restart(last);
            for (int i = 0; i < 300; i++) {
                byte[] position = random.nextInt(4) == 0 ? last.clone() : Arrays.copyOf(last, random.nextInt(3) == 0 ? random.nextInt(40_000) : last.length);
                for (int j = random.nextInt(4); j > 0 && position.length > 0; j--) {
                    position[random.nextInt(position.length)]++;
                }
                boolean completes = random.nextInt(4) > 0;
                checkpoint(entries, position, all, completes);
                last = completes ? position : last;
                if (random.nextInt(4) == 0) {
                    entries = restart(last);
                }
            }
        }
    }

    @Test
    void onlyWhatHasChangedIsWritten() throws IOException {
        PositionEntries entries = new PositionEntries("in");
        byte[] position = new byte[800_000];
        checkpoint(entries, position, false, true);
        assertEquals(195, puts);
        byte[] next = position.clone();
        next[400_000]++;
        checkpoint(entries, next, false, false);
        next = next.clone();
        next[500_000]++;
        checkpoint(entries, next, false, true);
        assertEquals(2, puts);
        checkpoint(restart(next), next, false, true);
        assertEquals(0, puts);
    }

    @Test
    void missingPieceIsNoticed() throws IOException {
        checkpoint(new PositionEntries("in"), new byte[10_000], false, true);
        assertThrows(DamagedStateException.class, () -> new PositionEntries("in").read(new BinaryReader(storedEntry), Map.of()));
    }
}
