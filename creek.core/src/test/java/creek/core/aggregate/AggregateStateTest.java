package creek.core.aggregate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What aggregates keep is the same after it was written and read, and goes on the same. Rows are (string, long, double, decimal, percentage, another
 * string each time). */
class AggregateStateTest {
    private static final DataType STRING = DataType.string();
    private static final DataType LONG = DataType.bigint();
    private static final DataType DOUBLE = DataType.doublePrecision();
    private static final DataType DECIMAL = DataType.decimal(20, 3);
    private static final DataType[] TYPES = {STRING, LONG, DOUBLE, DECIMAL};

    private record Kind<A>(Supplier<A> create, BiConsumer<A, Row> add, BiConsumer<A, Row> remove, BiConsumer<A, Row> emit,
            BiConsumer<A, BinaryWriter> write, BiConsumer<A, BinaryReader> read) {
        void check(Random random) {
            A plain = create.get();
            A restored = create.get();
            for (int i = 0; i < 60; i++) {
                Row row = randomRow(random);
                boolean adding = remove == null || random.nextInt(3) > 0;
                (adding ? add : remove).accept(plain, row);
                (adding ? add : remove).accept(restored, row);
                BinaryWriter written = new BinaryWriter();
                write.accept(plain, written);
                BinaryWriter again = new BinaryWriter();
                write.accept(restored, again);
                assertArrayEquals(written.toBytes(), again.toBytes());
                restored = create.get();
                BinaryReader reader = new BinaryReader(again.toBytes());
                read.accept(restored, reader);
                assertEquals(0, reader.remaining());
                assertEquals(emitted(plain), emitted(restored));
            }
        }

        private Row emitted(A aggregate) {
            Row out = new Row(1);
            emit.accept(aggregate, out);
            return out.copy();
        }
    }

    private static Row randomRow(Random random) {
        Row row = new Row(6);
        row.setUtf8(0, Utf8.of(List.of("a", "", "ä", "\0", "quite long").get(random.nextInt(5))));
        row.setLong(1, List.of(0L, 1L, -7L, Long.MAX_VALUE, Long.MIN_VALUE).get(random.nextInt(5)));
        row.setDouble(2, List.of(0.0, -0.0, 1.5, Double.NaN, 1e300).get(random.nextInt(5)));
        row.setObject(3, new BigDecimal(List.of("0.000", "12345678901234567.123", "-0.500", "7.000").get(random.nextInt(4))));
        row.setDouble(4, 0.25);
        row.setUtf8(5, Utf8.of("key " + random.nextLong()));
        for (int i = 0; i < 4; i++) {
            if (random.nextInt(6) == 0) {
                row.setNull(i);
            }
        }
        return row;
    }

    private static void check(Kind<?> kind) {
        for (int seed = 0; seed < 20; seed++) {
            kind.check(new Random(seed));
        }
    }

    /** Checks one aggregate for columns of each type. */
    private static void forEachType(Consumer<Integer> check) {
        for (int column = 0; column < TYPES.length; column++) {
            check.accept(column);
        }
    }

    @Test
    void valuesAndTheirCounts() {
        forEachType(column -> {
            check(new Kind<>(() -> new HeldValue(TYPES[column], true), (a, row) -> a.add(row, column), null, (a, out) -> a.emit(out, 0),
                    HeldValue::write, HeldValue::read));
            check(new Kind<>(() -> new HeldValue(TYPES[column], false), (a, row) -> a.add(row, column), null, (a, out) -> a.emit(out, 0),
                    HeldValue::write, HeldValue::read));
            check(new Kind<>(() -> new ValueList(TYPES[column]), (a, row) -> a.add(row, column), (a, row) -> a.remove(row, column),
                    (a, out) -> a.emitArray(out, 0), ValueList::write, ValueList::read));
            check(new Kind<>(() -> ValueCounts.sorted(TYPES[column]), (a, row) -> a.add(row, column), (a, row) -> a.remove(row, column),
                    (a, out) -> a.emitMax(out, 0), ValueCounts::write, ValueCounts::read));
            check(new Kind<>(() -> ValueCounts.collected(TYPES[column]), (a, row) -> a.add(row, column), (a, row) -> a.remove(row, column),
                    (a, out) -> a.emitMultiset(out, 0), ValueCounts::write, ValueCounts::read));
        });
    }

    @Test
    void distinctValues() {
        check(new Kind<>(() -> new DistinctValues(STRING, LONG), (a, row) -> a.add(row, new int[] {0, 1}), (a, row) -> a.remove(row, new int[] {0, 1}),
                (a, out) -> out.setLong(0, a.size()), DistinctValues::write, DistinctValues::read));
    }

    /** Three sets of one column give what as many tables of one set each give, and both read what either wrote. */
    @Test
    void distinctNumbers() {
        for (int seed = 0; seed < 20; seed++) {
            boolean isLong = seed % 2 == 0;
            Random random = new Random(seed);
            Numbers plain = new Numbers(isLong);
            Numbers restored = new Numbers(isLong);
            for (int i = 0; i < 60; i++) {
                Row row = numbersRow(random, isLong);
                plain.add(row, i % 8);
                restored.add(row, i % 8);
                restored = restored.writtenAndRead();
                plain.check();
                restored.check();
            }
        }
    }

    private static Row numbersRow(Random random, boolean isLong) {
        Row row = new Row(1);
        List<Long> bases = isLong ? List.of(0L, 1L << 40, Long.MIN_VALUE, -1L << 59) : List.of(0L, 1L << 28);
        // small ones first, which lie in four bytes each
        row.setLong(0, random.nextInt(20) - 10 + (random.nextInt(4) == 0 ? bases.get(random.nextInt(bases.size())) : 0));
        if (random.nextInt(6) == 0) {
            row.setNull(0);
        }
        return row;
    }

    private static final class Numbers {
        private static final int SETS = 3;

        private final boolean isLong;
        private final DistinctNumbers shared;
        private final DistinctValues[] each = new DistinctValues[SETS];

        Numbers(boolean isLong) {
            this.isLong = isLong;
            shared = new DistinctNumbers(SETS, isLong);
            for (int set = 0; set < SETS; set++) {
                each[set] = new DistinctValues(isLong ? LONG : DataType.integer());
            }
        }

        void add(Row row, int sets) {
            int isNew = 0;
            for (int set = 0; set < SETS; set++) {
                isNew |= (sets >> set & 1) != 0 && each[set].add(row, new int[] {0}) ? 1 << set : 0;
            }
            assertEquals(isNew, shared.add(row, 0, sets));
        }

        void check() {
            DistinctNumbers copy = new DistinctNumbers(SETS, isLong);
            for (int set = 0; set < SETS; set++) {
                int size = 0;
                for (int place = shared.next(-1, set); place >= 0; place = shared.next(place, set)) {
                    assertTrue(copy.addFrom(shared, place, set));
                    assertFalse(each[set].add(copy.value(), new int[] {0}));
                    size++;
                }
                assertEquals(each[set].size(), size);
            }
        }

        /** The tables of one set each from what the other one wrote, and the other way round. */
        Numbers writtenAndRead() {
            Numbers read = new Numbers(isLong);
            for (int set = 0; set < SETS; set++) {
                BinaryWriter output = new BinaryWriter();
                shared.write(output, set);
                each[set].write(output);
                BinaryReader input = new BinaryReader(output.toBytes());
                read.each[set].read(input);
                read.shared.read(input, set);
                assertEquals(0, input.remaining());
            }
            return read;
        }
    }

    @Test
    void figures() {
        for (boolean root : new boolean[] {true, false}) {
            check(new Kind<>(() -> new DecimalDeviation(root, root, 3, 6), (a, row) -> a.add(row, 3), (a, row) -> a.remove(row, 3),
                    (a, out) -> a.emit(out, 0), DecimalDeviation::write, DecimalDeviation::read));
        }
        check(new Kind<>(() -> new Percentiles(LONG, DOUBLE), (a, row) -> a.add(row, 1, 4), (a, row) -> a.remove(row, 1, 4),
                (a, out) -> a.emit(out, 0), Percentiles::write, Percentiles::read));
    }

    @Test
    void json() {
        for (boolean absent : new boolean[] {true, false}) {
            check(new Kind<>(() -> new JsonItems(absent), (a, row) -> a.add(row, 0), (a, row) -> a.remove(row, 0), (a, out) -> a.emit(out, 0),
                    JsonItems::write, JsonItems::read));
            check(new Kind<>(() -> new JsonMembers(absent), (a, row) -> a.add(row, 5, 0), (a, row) -> a.remove(row, 5, 0), (a, out) -> a.emit(out, 0),
                    JsonMembers::write, JsonMembers::read));
        }
    }
}
