package creek.sql.internal.type;

import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelRecordType;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** A ROW type that has the name of a class, {@code STRUCTURED<'com.example.User', ...>}. The class need not exist. Immutable. */
public final class StructuredType extends RelRecordType {
    private static final long serialVersionUID = 1L;

    private final String className;

    StructuredType(String className, List<RelDataTypeField> fields, boolean nullable) {
        super(StructKind.PEEK_FIELDS_NO_EXPAND, fields, nullable);
        this.className = className;
        // the first time, in the constructor above, the name was not there
        computeDigest();
    }

    public String className() {
        return className;
    }

    @Override
    public SqlTypeName getSqlTypeName() {
        return SqlTypeName.STRUCTURED;
    }

    @Override
    protected void generateTypeString(StringBuilder text, boolean withDetail) {
        text.append("STRUCTURED<'").append(className).append('\'');
        for (RelDataTypeField field : getFieldList()) {
            text.append(", `").append(field.getName()).append("` ");
            text.append(withDetail ? field.getType().getFullTypeString() : field.getType().toString());
        }
        text.append('>');
    }
}
