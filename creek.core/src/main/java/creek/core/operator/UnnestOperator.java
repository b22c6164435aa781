package creek.core.operator;

import creek.core.data.Column;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.TypeRoot;
import creek.core.internal.format.Boxing;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * UNNEST: gives a row as often as a collection that is computed from it has elements, each time with an element's columns behind its own: the
 * fields of a ROW, key and value of a MAP's entry, else the element itself. An element of a MULTISET comes as often as it is in it. A ROW that
 * is null is no element, as in Flink. WITH ORDINALITY a last column numbers the elements, from 1.
 */
public final class UnnestOperator extends BufferingOperator {
    private final Calc collection;
    private final int arity;
    private final DataType type;
    private final List<Column> fields;
    private final boolean outer;
    private final boolean numbered;
    private final Row computed = new Row(1);
    private final Row none = new Row(0);
    private Calc condition;
    private final Row out;

    /**
     * @param collection a calc of one column, an ARRAY, MAP or MULTISET
     * @param arity      number of the input's columns
     * @param type       of the collection
     * @param outer      whether a row without elements is given too, padded with nulls
     * @param numbered   whether the elements are numbered
     */
    public UnnestOperator(Calc collection, int arity, DataType type, boolean outer, boolean numbered) {
        this.collection = Objects.requireNonNull(collection, "collection");
        this.arity = arity;
        this.type = Objects.requireNonNull(type, "type");
        this.outer = outer;
        this.numbered = numbered;
        DataType element = type.children().get(0);
        fields = element.isRow() ? element.fields() : List.of();
        out = new Row(arity + (type.root() == TypeRoot.MAP ? 2 : Math.max(1, fields.size())) + (numbered ? 1 : 0));
    }

    /** Has elements alone count whose rows the filter lets through. Before the operator is opened. */
    public UnnestOperator where(Calc filter) {
        condition = Objects.requireNonNull(filter, "filter");
        return this;
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        collection.open(newContext);
        if (condition != null) {
            condition.open(newContext);
        }
    }

    @Override
    public void process(Row row) throws Exception {
        for (int i = 0; i < arity; i++) {
            out.setFrom(i, row, i);
        }
        out.setKind(row.kind());
        collection.project(row, computed);
        boolean any = !computed.isNullAt(0) && (type.root() == TypeRoot.ARRAY ? emitArray() : emitMap());
        if (!any && outer) {
            for (int i = arity; i < out.arity(); i++) {
                out.setNull(i);
            }
            output.process(out);
        }
    }

    private boolean emitArray() throws Exception {
        List<Object> elements = computed.getList(0);
        boolean any = false;
        for (int i = 0; i < elements.size(); i++) {
            any |= emitElement(elements.get(i), i + 1);
        }
        return any;
    }

    private boolean emitMap() throws Exception {
        Map<Object, Object> entries = computed.getMap(0);
        boolean any = false;
        int number = 1;
        for (Map.Entry<Object, Object> entry : entries.entrySet()) {
            if (type.root() == TypeRoot.MAP) {
                Boxing.unbox(type.children().get(0), entry.getKey(), out, arity);
                Boxing.unbox(type.children().get(1), entry.getValue(), out, arity + 1);
                any |= emit(number++);
            } else {
                for (int i = 0; i < (Integer) entry.getValue(); i++) {
                    any |= emitElement(entry.getKey(), number++);
                }
            }
        }
        return any;
    }

    private boolean emitElement(Object element, int number) throws Exception {
        if (fields.isEmpty()) {
            Boxing.unbox(type.children().get(0), element, out, arity);
        } else if (element == null) {
            return false;
        }
        for (int i = 0; i < fields.size(); i++) {
            out.setFrom(arity + i, (Row) element, i);
        }
        return emit(number);
    }

    private boolean emit(int number) throws Exception {
        if (numbered) {
            out.setLong(out.arity() - 1, number);
        }
        if (condition != null && !condition.project(out, none)) {
            return false;
        }
        output.process(out);
        return true;
    }

    @Override
    public String toString() {
        return "unnest";
    }
}
