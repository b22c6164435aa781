package creek.sql.internal.physical;

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
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * What a job wants of a table's source rows: columns, fields nested in them, metadata. First every use is {@linkplain #want told}, then
 * expressions are {@linkplain #over brought over} the row that is read.
 */
final class SourceColumns {
    private final RexBuilder rex;
    private final RelDataType source;
    private final int physicalColumns;
    private final List<String> metadataKeys;
    /** Wanted values by a text of their paths, in the order of the table. */
    private final Map<String, RexNode> paths = new TreeMap<>();
    private Map<String, Integer> places;
    private RelDataType rowType;

    SourceColumns(RexBuilder rex, CatalogTable table) {
        this.rex = rex;
        this.source = table.sourceRowType(rex.getTypeFactory());
        this.metadataKeys = table.metadataKeys();
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
                // a field of what is read as a whole is not read again
                if (whole == null || !key.startsWith(whole + ".")) {
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
            places().keySet().forEach(key -> builder.add(name(paths.get(key)), paths.get(key).getType()));
            rowType = builder.build();
        }
        return rowType;
    }

    private String name(RexNode path) {
        return path instanceof RexFieldAccess access ? name(access.getReferenceExpr()) + "." + access.getField().getName()
                : source.getFieldNames().get(((RexInputRef) path).getIndex());
    }

    /** The columns and fields to decode, in the order of the row that is read. */
    List<WantedColumn> wanted() {
        List<WantedColumn> wanted = new ArrayList<>();
        for (String key : places().keySet()) {
            List<String> path = new ArrayList<>();
            RexNode node = paths.get(key);
            while (node instanceof RexFieldAccess access) {
                path.add(0, access.getField().getName());
                node = access.getReferenceExpr();
            }
            int column = ((RexInputRef) node).getIndex();
            if (column < physicalColumns) {
                wanted.add(new WantedColumn(column, path, Types.toDataType(paths.get(key).getType())));
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
        });
    }

    private RexNode read(String key) {
        int place = places().get(key);
        return rex.makeInputRef(rowType().getFieldList().get(place).getType(), place);
    }
}
