package creek.sql.internal.physical;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.core.format.WantedColumn;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.plan.TimeAttributes;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What a job wants of a table's source rows: columns, fields nested in them, elements of arrays and maps, metadata. First every use is {@linkplain #want told}, then
 * expressions are {@linkplain #over brought over} the row that is read.
 */
final class SourceColumns {
    /** Elements further behind are taken from the whole array: a decoder has a place for each up to the last. */
    private static final int MAX_PLACE = 1000;
    private final RexBuilder rex;
    private final RelDataType source;
    private final int physicalColumns;
    private final List<String> metadataKeys;
    /** A connector without a format gives whole columns. */
    private final boolean hasFormat;
    /** Wanted values by a text of their paths, in the order of the table. */
    private final Map<String, RexNode> paths = new TreeMap<>();
    private Map<String, Integer> places;
    private RelDataType rowType;

    SourceColumns(RexBuilder rex, CatalogTable table) {
        this.rex = rex;
        this.source = table.sourceRowType(rex.getTypeFactory());
        this.metadataKeys = table.metadataKeys();
        this.hasFormat = table.hasFormat();
        this.physicalColumns = source.getFieldCount() - metadataKeys.size();
        table.watermark().ifPresent(mark -> {
            want(mark.time());
            want(mark.expression());
        });
    }

    /** Adds what an expression over the source row uses. */
    void want(RexNode expression) {
        expression.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitInputRef(RexInputRef reference) {
                paths.put(key(reference), reference);
                return null;
            }

            @Override
            public Void visitFieldAccess(RexFieldAccess access) {
                if (key(access) == null) {
                    return super.visitFieldAccess(access);
                }
                paths.put(key(access), access);
                return null;
            }

            @Override
            public Void visitCall(RexCall call) {
                if (key(call) == null) {
                    return super.visitCall(call);
                }
                paths.put(key(call), call);
                return null;
            }
        });
    }

    /** The place of a path: column and field numbers that sort as the table has them; null if it is no path into a physical column. */
    private String key(RexNode node) {
        if (node instanceof RexInputRef reference) {
            return String.format("%05d", reference.getIndex());
        }
        if (node instanceof RexFieldAccess access && isPath(access)) {
            return key(access.getReferenceExpr()) + String.format(".%05d", access.getField().getIndex());
        }
        if (node instanceof RexCall call && element(call) != null) {
            // brackets are doubled, so that no element's text is the beginning of another's
            return key(call.getOperands().get(0)) + "[" + element(call).toString().replace("]", "]]") + "]";
        }
        return null;
    }

    /** The place or the key of an element of a physical column, or of a field in one, as a {@link WantedColumn} has it; null for anything else. */
    private Object element(RexCall call) {
        if (!hasFormat || call.getKind() != SqlKind.ITEM || !(call.getOperands().get(1) instanceof RexLiteral literal) || literal.isNull()) {
            return null;
        }
        RexNode container = call.getOperands().get(0);
        boolean isPath = container instanceof RexInputRef reference && reference.getIndex() < physicalColumns
                || container instanceof RexFieldAccess access && isPath(access);
        if (!isPath) {
            return null;
        }
        DataType type = Types.toDataType(container.getType());
        if (type.root() == TypeRoot.ARRAY && literal.getType().getSqlTypeName() == SqlTypeName.INTEGER) {
            Integer place = literal.getValueAs(Integer.class);
            return place >= 1 && place <= MAX_PLACE ? place : null;
        }
        if (type.root() == TypeRoot.MAP && type.children().get(0).nullable(true).equals(DataType.string())
                && literal.getTypeName() == SqlTypeName.CHAR) {
            return literal.getValueAs(String.class);
        }
        return null;
    }

    private boolean isPath(RexFieldAccess access) {
        return access.getReferenceExpr() instanceof RexInputRef reference ? reference.getIndex() < physicalColumns
                : access.getReferenceExpr() instanceof RexFieldAccess outer && isPath(outer);
    }

    private Map<String, Integer> places() {
        if (places == null) {
            places = new LinkedHashMap<>();
            String whole = null;
            for (String key : paths.keySet()) {
                // a field or an element of what is read as a whole is not read again
                if (whole == null || !key.startsWith(whole + ".") && !key.startsWith(whole + "[")) {
                    places.put(key, places.size());
                    whole = key;
                }
            }
        }
        return places;
    }

    /** The row that is read. */
    RelDataType rowType() {
        if (rowType == null) {
            RelDataTypeFactory.Builder builder = rex.getTypeFactory().builder().kind(StructKind.FULLY_QUALIFIED);
            places().keySet().forEach(key -> builder.add(name(paths.get(key)), type(paths.get(key))));
            rowType = builder.build();
        }
        return rowType;
    }

    /** An element may be missing, whatever the type of elements is. */
    private RelDataType type(RexNode path) {
        return path instanceof RexCall ? rex.getTypeFactory().createTypeWithNullability(path.getType(), true) : path.getType();
    }

    private String name(RexNode path) {
        if (path instanceof RexCall call) {
            return name(call.getOperands().get(0)) + "[" + element(call) + "]";
        }
        return path instanceof RexFieldAccess access ? name(access.getReferenceExpr()) + "." + access.getField().getName()
                : source.getFieldNames().get(((RexInputRef) path).getIndex());
    }

    /** The columns, fields and elements to decode, in the order of the row that is read. */
    List<WantedColumn> wanted() {
        List<WantedColumn> wanted = new ArrayList<>();
        for (String key : places().keySet()) {
            List<String> path = new ArrayList<>();
            Object element = paths.get(key) instanceof RexCall call ? element(call) : null;
            RexNode value = paths.get(key) instanceof RexCall call ? call.getOperands().get(0) : paths.get(key);
            RexNode node = value;
            while (node instanceof RexFieldAccess access) {
                path.add(0, access.getField().getName());
                node = access.getReferenceExpr();
            }
            int column = ((RexInputRef) node).getIndex();
            if (column < physicalColumns) {
                wanted.add(new WantedColumn(column, path, Types.toDataType(value.getType()), element));
            }
        }
        return wanted;
    }

    /** The connector's keys of the metadata to read, which follows the columns. */
    List<String> metadata() {
        List<String> keys = new ArrayList<>();
        for (String key : places().keySet()) {
            if (paths.get(key) instanceof RexInputRef reference && reference.getIndex() >= physicalColumns) {
                keys.add(metadataKeys.get(reference.getIndex() - physicalColumns));
            }
        }
        return keys;
    }

    /** An expression over the source row as one over the row that is read, without marks of time attributes. */
    RexNode over(RexNode expression) {
        return TimeAttributes.strip(expression).accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return read(key(reference));
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                String key = key(access);
                return key == null || !places().containsKey(key) ? super.visitFieldAccess(access) : read(key);
            }

            @Override
            public RexNode visitCall(RexCall call) {
                String key = key(call);
                return key == null || !places().containsKey(key) ? super.visitCall(call) : read(key);
            }
        });
    }

    private RexNode read(String key) {
        int place = places().get(key);
        return rex.makeInputRef(rowType().getFieldList().get(place).getType(), place);
    }
}
