package creek.sql.internal.type;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Makes row expressions with Flink's types where Calcite's differ. Not thread-safe. */
public final class StreamRexBuilder extends RexBuilder {
    public StreamRexBuilder(RelDataTypeFactory types) {
        super(types);
    }

    @Override
    public RexNode makeFieldAccess(RexNode row, int place) {
        return nullableWith(row, super.makeFieldAccess(row, place));
    }

    @Override
    public RexNode makeFieldAccess(RexNode row, String name, boolean caseSensitive) {
        return nullableWith(row, super.makeFieldAccess(row, name, caseSensitive));
    }

    /** A field of a ROW that may be null may be null itself. */
    private RexNode nullableWith(RexNode row, RexNode field) {
        return row.getType().isNullable() && !field.getType().isNullable()
                ? makeAbstractCast(typeFactory.createTypeWithNullability(field.getType(), true), field, false) : field;
    }

    /** A number that does not fit into a DECIMAL stays a cast, which gives null: a literal of that type there is none. */
    @Override
    public RexNode makeCast(RelDataType type, RexNode value, boolean matchNullability, boolean safe) {
        boolean misfit = SqlTypeUtil.isDecimal(type) && SqlTypeUtil.isNumeric(value.getType()) && value instanceof RexLiteral literal
                && !literal.isNull() && !fits(literal.getValueAs(BigDecimal.class), type);
        return misfit ? makeAbstractCast(type, value, safe) : super.makeCast(type, value, matchNullability, safe);
    }

    private static boolean fits(BigDecimal number, RelDataType type) {
        return number.precision() - number.scale() <= type.getPrecision() - type.getScale()
                && number.setScale(type.getScale(), RoundingMode.HALF_UP).precision() <= type.getPrecision();
    }
}
