package creek.core.operator;

import static creek.core.operator.OperatorHarness.row;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnnestOperatorTest {
    private static final Schema OUTPUT = Schema.empty().with("n", DataType.bigint()).with("e", DataType.bigint());

    /** The same collection for each row; null for rows whose number is null. */
    private record Constant(Object collection) implements Calc {
        @Override
        public void open(OperatorContext context) {
        }

        @Override
        public boolean project(Row in, Row out) {
            if (in.isNullAt(0)) {
                out.setNull(0);
            } else {
                out.setObject(0, collection);
            }
            return true;
        }
    }

    private static OperatorHarness unnest(DataType type, Object collection, boolean outer, Schema output) {
        return new OperatorHarness(() -> new UnnestOperator(new Constant(collection), 1, type, outer, false), output);
    }

    @Test
    void when_array_then_aRowForEachElement() throws Exception {
        List<Object> elements = new ArrayList<>(List.of(7L, 8L));
        elements.add(null);
        unnest(DataType.array(DataType.bigint()), elements, false, OUTPUT).check(List.of(row(1), row((Object) null)),
                List.of("+I[1, 7]", "+I[1, 8]", "+I[1, null]"));
    }

    @Test
    void when_arrayOfRows_then_theirFieldsAreColumns() throws Exception {
        Row element = new Row(2);
        element.setUtf8(0, Utf8.of("x"));
        DataType rowType = DataType.row(List.of(new Column("a", DataType.string()), new Column("b", DataType.bigint())));
        unnest(DataType.array(rowType), List.of(element), false,
                Schema.empty().with("n", DataType.bigint()).with("a", DataType.string()).with("b", DataType.bigint()))
                .check(List.of(row(1)), List.of("+I[1, x, null]"));
    }

    @Test
    void when_map_then_keyAndValueAreColumns() throws Exception {
        Map<Object, Object> entries = new LinkedHashMap<>();
        entries.put(Utf8.of("x"), 1L);
        entries.put(Utf8.of("y"), null);
        unnest(DataType.map(DataType.string(), DataType.bigint()), entries, false,
                Schema.empty().with("n", DataType.bigint()).with("k", DataType.string()).with("v", DataType.bigint()))
                .check(List.of(row(5)), List.of("+I[5, x, 1]", "+I[5, y, null]"));
    }

    @Test
    void when_multiset_then_elementsComeAsOftenAsTheyAreInIt() throws Exception {
        unnest(DataType.multiset(DataType.bigint()), Map.of(3L, 2), false, OUTPUT).check(List.of(row(1)), List.of("+I[1, 3]", "+I[1, 3]"));
    }

    @Test
    void when_outer_then_rowsWithoutElementsStay() throws Exception {
        unnest(DataType.array(DataType.bigint()), List.of(), true, OUTPUT).check(List.of(row(1), row((Object) null)),
                List.of("+I[1, null]", "+I[null, null]"));
    }

    @Test
    void when_thereAreManyElements_then_theyComeInSteps() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            expected.add("+I[1, 9]");
        }
        unnest(DataType.array(DataType.bigint()), Collections.nCopies(2500, 9L), false, OUTPUT).check(List.of(row(1)), expected);
    }
}
