package creek.sql.internal.validate;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.validate.SqlQualified;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** Paths to fields within ROW columns, {@code t.position.lat}. */
final class NestedFields {
    private NestedFields() {
    }

    /** Whether one of the ROWs that the path goes through may be null. */
    static boolean isInNullable(SqlValidatorScope scope, SqlIdentifier path) {
        if (path.names.size() < 2 || path.isStar()) {
            return false;
        }
        SqlQualified qualified = scope.fullyQualify(path);
        List<String> names = qualified.suffix();
        if (qualified.namespace == null || names.size() < 2) {
            return false;
        }
        RelDataType type = qualified.namespace.getRowType();
        for (String name : names.subList(0, names.size() - 1)) {
            RelDataTypeField field = type.getField(name, true, false);
            if (field == null || field.getType().isNullable()) {
                return field != null;
            }
            type = field.getType();
        }
        return false;
    }
}
