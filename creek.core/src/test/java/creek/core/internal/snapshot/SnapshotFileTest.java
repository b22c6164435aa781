package creek.core.internal.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.state.DamagedStateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotFileTest {
    /** More for a thorough run: {@code -Dcreek.damage.trials=1000}. */
    private static final int TRIALS = Integer.getInteger("creek.damage.trials", 60);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void when_aSnapshotIsRead_then_itIsWhatWasWritten(boolean isCompressed) throws IOException {
        NavigableMap<byte[], byte[]> entries = entries(20_000, 1);
        entries.put(new byte[] {5}, new byte[3 * SnapshotForm.MAX_COMPRESSED]);
        Path file = write("s", header(isCompressed, 1), entries);
        try (SnapshotReader reader = new SnapshotReader(file)) {
            assertEquals(header(isCompressed, 1), reader.header());
            for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
                assertTrue(reader.next());
                assertArrayEquals(entry.getKey(), reader.key());
                assertArrayEquals(entry.getValue(), reader.value());
            }
            assertFalse(reader.next());
            assertEquals(entries.size(), reader.entries());
        }
        assertTrue(SnapshotReader.verify(file).size() > 3);
    }

    @Test
    void when_thereAreNoEntries_then_theFileIsWhole() throws IOException {
        try (SnapshotReader reader = new SnapshotReader(write("s", header(true, 1), entries(0, 1)))) {
            assertFalse(reader.next());
        }
    }

    @Test
    void when_aByteOrALengthIsWrong_then_thatIsNoticed() throws IOException {
        Path file = write("s", header(false, 1), entries(5, 1));
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= (byte) (1 << i % 8);
            checkDamaged(bad, "byte " + i + " changed");
            checkDamaged(Arrays.copyOf(good, i), "cut at " + i);
        }
        checkDamaged(Arrays.copyOf(good, good.length + 1), "a byte more");
        checkDamaged(concat(good, good), "twice");
    }

    @Test
    void when_aFileIsDamagedAtRandom_then_thatIsNoticed() throws IOException {
        Random random = new Random(9);
        byte[] good = Files.readAllBytes(write("s", header(true, 1), entries(8_000, 1)));
        byte[] other = Files.readAllBytes(write("o", header(true, 2), entries(8_000, 1)));
        assertTrue(good.length > 4 * SnapshotForm.BLOCK_SIZE);
        for (int i = 0; i < TRIALS; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(good.length);
            switch (i % 4) {
                case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bad = Arrays.copyOf(bad, at);
                case 2 -> Arrays.fill(bad, at & ~4095, Math.min(bad.length, (at & ~4095) + 4096), (byte) 0);
                // What an earlier file had at that place.
                default -> System.arraycopy(other, at, bad, at, Math.min(Math.min(good.length, other.length) - at, 4096));
            }
            if (!Arrays.equals(bad, good)) {
                checkDamaged(bad, "trial " + i + " at " + at);
            }
        }
    }

    @Test
    void when_wholeBlocksAreExchangedOrLeftOut_then_thatIsNoticed() throws IOException {
        Path file = write("s", header(false, 1), entries(8_000, 1));
        BlockIndex index = SnapshotReader.verify(file);
        byte[] good = Files.readAllBytes(file);
        int first = (int) index.offset(0);
        int second = (int) index.offset(1);
        int third = (int) index.offset(2);
        checkDamaged(concat(Arrays.copyOf(good, first), Arrays.copyOfRange(good, second, good.length)), "the first is left out");
        checkDamaged(concat(Arrays.copyOf(good, second), Arrays.copyOfRange(good, first, good.length)), "the first is there twice");
        checkDamaged(concat(Arrays.copyOf(good, first), Arrays.copyOfRange(good, second, third), Arrays.copyOfRange(good, first, second),
                Arrays.copyOfRange(good, third, good.length)), "two are exchanged");
    }

    @Test
    void when_lengthsAreHostileAndChecksumsRight_then_nothingIsReservedForThem() throws IOException {
        byte[] good = Files.readAllBytes(write("s", header(true, 1), entries(2_000, 1)));
        int block = (int) SnapshotReader.verify(folder.resolve("s")).offset(0);
        ByteBuffer bad = ByteBuffer.wrap(good.clone()).order(ByteOrder.LITTLE_ENDIAN);
        bad.putInt(block + 4, Integer.MAX_VALUE);
        CRC32C sum = new CRC32C();
        sum.update(SnapshotForm.buffer(12).putLong(1).putInt(0).flip());
        sum.update(bad.array(), block, 20);
        sum.update(bad.array(), block + SnapshotForm.BLOCK_HEAD, bad.getInt(block));
        bad.putInt(block + 20, (int) sum.getValue());
        checkDamaged(bad.array(), "a length of two gigabytes");
    }

    @Test
    void when_theFormIsALaterOne_then_itIsNotCalledDamaged() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(write("s", header(true, 1), entries(2, 1)))).order(ByteOrder.LITTLE_ENDIAN);
        int end = SnapshotForm.HEADER_FRAME + bytes.getInt(12);
        bytes.putInt(8, SnapshotForm.VERSION + 1);
        CRC32C sum = new CRC32C();
        sum.update(bytes.array(), 0, end);
        bytes.putInt(end, (int) sum.getValue());
        Files.write(folder.resolve("s"), bytes.array());
        IOException e = assertThrows(IOException.class, () -> SnapshotReader.verify(folder.resolve("s")));
        assertFalse(e instanceof DamagedStateException);
        assertTrue(e.getMessage().endsWith("is of form " + (SnapshotForm.VERSION + 1) + "; this version of Creek reads form " + SnapshotForm.VERSION),
                e.getMessage());
    }

    @Test
    void when_theGuardRefuses_then_nothingIsLeft() throws IOException {
        try (SnapshotWriter writer = new SnapshotWriter(folder.resolve("part"), header(false, 1), bytes -> {
            if (bytes > 1000) {
                throw new IOException("the disk limit is reached");
            }
        })) {
            assertThrows(IOException.class, () -> writer.put(new byte[1], new byte[SnapshotForm.BLOCK_SIZE]));
        }
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    private void checkDamaged(byte[] bytes, String what) throws IOException {
        Path file = Files.write(folder.resolve("bad"), bytes);
        assertThrows(DamagedStateException.class, () -> SnapshotReader.verify(file), what);
        assertThrows(DamagedStateException.class, () -> {
            try (SnapshotReader reader = new SnapshotReader(file)) {
                reader.forEach((key, value) -> true);
            }
        }, what);
    }

    private Path write(String name, SnapshotHeader header, NavigableMap<byte[], byte[]> entries) throws IOException {
        Path file = folder.resolve(name);
        try (SnapshotWriter writer = new SnapshotWriter(folder.resolve("part"), header, SnapshotWriter.Guard.NONE)) {
            for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
                writer.put(entry.getKey(), entry.getValue());
            }
            writer.complete(file);
        }
        return file;
    }

    private static SnapshotHeader header(boolean isCompressed, long id) {
        return new SnapshotHeader(SnapshotKind.SAVEPOINT, "a job", 12, 1_700_000_000_000L, "1.2.3", isCompressed, id);
    }

    private static NavigableMap<byte[], byte[]> entries(int count, long seed) {
        Random random = new Random(seed);
        NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        while (entries.size() < count) {
            byte[] key = new byte[8 + random.nextInt(4)];
            random.nextBytes(key);
            Arrays.fill(key, 0, 3, (byte) random.nextInt(3));
            byte[] value = new byte[40 + random.nextInt(60)];
            random.nextBytes(value);
            entries.put(key, value);
        }
        return entries;
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
