package creek.sql.internal.type;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** The type that functions give values of several types, as Flink merges types. Calcite's rules, for CASE and set operations, differ a little. */
public final class CommonTypes {
    private CommonTypes() {
    }

    /** The common type, nullable if one of them is; null if there is none. */
    public static RelDataType of(RelDataTypeFactory types, List<RelDataType> all) {
        RelDataType common = all.get(0);
        for (RelDataType next : all.subList(1, all.size())) {
            common = common == null ? null : of(types, common, next);
        }
        return common;
    }

    private static RelDataType of(RelDataTypeFactory types, RelDataType a, RelDataType b) {
        RelDataType common = notNull(types, types.createTypeWithNullability(a, false), types.createTypeWithNullability(b, false));
        return common == null ? null : types.createTypeWithNullability(common, a.isNullable() || b.isNullable());
    }

    private static RelDataType notNull(RelDataTypeFactory types, RelDataType a, RelDataType b) {
        if (a.equals(b)) {
            return a;
        }
        SqlTypeName left = a.getSqlTypeName();
        SqlTypeName right = b.getSqlTypeName();
        if (left == SqlTypeName.FLOAT && right == SqlTypeName.DOUBLE || left == SqlTypeName.DECIMAL && right == SqlTypeName.FLOAT) {
            return b;
        }
        if (left == right && (left == SqlTypeName.ARRAY || left == SqlTypeName.MAP || left == SqlTypeName.MULTISET)) {
            return collection(types, a, b);
        }
        if (isTime(left) || isTime(right)) {
            return times(types, a, b);
        }
        return types.leastRestrictive(List.of(a, b));
    }

    private static RelDataType collection(RelDataTypeFactory types, RelDataType a, RelDataType b) {
        List<RelDataType> children = new ArrayList<>();
        boolean map = a.getSqlTypeName() == SqlTypeName.MAP;
        children.add(map ? of(types, a.getKeyType(), b.getKeyType()) : of(types, a.getComponentType(), b.getComponentType()));
        children.add(map ? of(types, a.getValueType(), b.getValueType()) : children.get(0));
        return children.contains(null) ? null
                : map ? types.createMapType(children.get(0), children.get(1))
                : a.getSqlTypeName() == SqlTypeName.ARRAY ? types.createArrayType(children.get(0), -1)
                : types.createMultisetType(children.get(0), -1);
    }

    private static boolean isTime(SqlTypeName name) {
        return SqlTypeName.DATETIME_TYPES.contains(name);
    }

    /** A date or a time of day wins against a timestamp, one with time zone against one without. */
    private static RelDataType times(RelDataTypeFactory types, RelDataType a, RelDataType b) {
        SqlTypeName left = a.getSqlTypeName();
        SqlTypeName right = b.getSqlTypeName();
        if (left == right) {
            return types.createSqlType(left, Math.max(a.getPrecision(), b.getPrecision()));
        }
        if (left == SqlTypeName.TIMESTAMP || right == SqlTypeName.TIMESTAMP) {
            RelDataType other = left == SqlTypeName.TIMESTAMP ? b : a;
            return other.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
                    ? types.createSqlType(other.getSqlTypeName(), Math.max(a.getPrecision(), b.getPrecision()))
                    : isTime(other.getSqlTypeName()) ? other : null;
        }
        return null;
    }
}
