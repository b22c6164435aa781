package creek.sql.internal.function;

import creek.sql.internal.SqlError;
import creek.sql.internal.codegen.ObjectCode;
import creek.sql.internal.type.StreamTypeFactory;
import creek.sql.internal.type.StructuredType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelDataTypeFieldImpl;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Functions of values of STRUCTURED types. Names of classes and fields are literals: they are part of the type. */
final class ObjectFunctions {
    private static final String OF = "OBJECT_OF(class_name[, name, value, ...])";
    private static final String UPDATE = "OBJECT_UPDATE(object[, name, value, ...])";

    static final List<FunctionDefinition> DEFINITIONS = List.of(
            new FunctionDefinition(Category.VALUE_CONSTRUCTION, Signatures.function("OBJECT_OF", ObjectFunctions::made, new NamedValues(OF, false)), OF,
                    "A value of a STRUCTURED type with that name and these fields; the class need not exist.", ObjectCode.OF),
            new FunctionDefinition(Category.VALUE_CONSTRUCTION, Signatures.function("OBJECT_UPDATE", ObjectFunctions::updated, new NamedValues(UPDATE, true)),
                    UPDATE, "The object with other values of these fields, which may be of other types.", ObjectCode.UPDATE));

    private ObjectFunctions() {
    }

    private static String literal(SqlOperatorBinding binding, int i) {
        return binding.getOperandLiteralValue(i, String.class);
    }

    private static RelDataType made(SqlOperatorBinding binding) {
        List<RelDataTypeField> fields = new ArrayList<>();
        for (int i = 1; i < binding.getOperandCount(); i += 2) {
            fields.add(new RelDataTypeFieldImpl(literal(binding, i), fields.size(), binding.getOperandType(i + 1)));
        }
        return structured(binding, literal(binding, 0), fields);
    }

    private static RelDataType updated(SqlOperatorBinding binding) {
        StructuredType object = (StructuredType) binding.getOperandType(0);
        List<RelDataTypeField> fields = new ArrayList<>(object.getFieldList());
        for (int i = 1; i < binding.getOperandCount(); i += 2) {
            String name = literal(binding, i);
            int place = object.getFieldNames().indexOf(name);
            fields.set(place, new RelDataTypeFieldImpl(name, place, binding.getOperandType(i + 1)));
        }
        return structured(binding, object.className(), fields);
    }

    /** Nullable whatever the arguments are, as in Flink. */
    private static RelDataType structured(SqlOperatorBinding binding, String className, List<RelDataTypeField> fields) {
        RelDataType type = ((StreamTypeFactory) binding.getTypeFactory()).createStructured(className, fields);
        return binding.getTypeFactory().createTypeWithNullability(type, true);
    }

    /** The name of a class or an object, and names and values by turns. */
    private record NamedValues(String signature, boolean ofObject) implements SqlOperandTypeChecker {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            List<String> known = null;
            if (ofObject) {
                if (!(binding.getOperandType(0) instanceof StructuredType object)) {
                    throw wrong(binding, 0, "the first argument is a value of a STRUCTURED type, as OBJECT_OF makes it");
                }
                known = object.getFieldNames();
            } else if (!isName(binding, 0)) {
                throw wrong(binding, 0, "the first argument is the name of a class, as a string literal");
            }
            if (binding.getOperandCount() % 2 == 0) {
                throw wrong(binding, binding.getOperandCount() - 1, "a field is a name and a value");
            }
            Set<String> names = new HashSet<>();
            for (int i = 1; i < binding.getOperandCount(); i += 2) {
                if (!isName(binding, i)) {
                    throw wrong(binding, i, "the name of a field is a string literal");
                }
                String name = literal(binding, i);
                if (known != null && !known.contains(name)) {
                    throw wrong(binding, i, "the object has no field '" + name + "'; it has " + String.join(", ", known));
                }
                if (!names.add(name)) {
                    throw wrong(binding, i, "the field '" + name + "' is there twice");
                }
                if (Parameter.isUnknown(binding.getOperandType(i + 1))) {
                    throw wrong(binding, i + 1, "a bare NULL has no type; cast it: CAST(NULL AS INT)");
                }
            }
            return true;
        }

        private static boolean isName(SqlCallBinding binding, int i) {
            return binding.isOperandLiteral(i, false) && SqlTypeUtil.inCharFamily(binding.getOperandType(i));
        }

        private SqlError wrong(SqlCallBinding binding, int i, String what) {
            return SqlError.invalid(signature + ": " + what, binding.operand(i).getParserPosition());
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.from(1);
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String name) {
            return signature;
        }
    }
}
