package creek.sql.internal.function;

import creek.sql.internal.type.ImplicitCasts;
import creek.sql.internal.type.CommonTypes;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;

/**
 * The arguments of a function as Flink's type inference takes them. Each of its forms says what type it expects of each argument: arguments of
 * other types are cast where Flink casts implicitly and refused elsewhere, and a bare NULL is of the type expected.
 */
final class Arguments implements SqlOperandTypeChecker, SqlOperandTypeInference {
    private final List<Form> forms;

    private Arguments(List<Form> forms) {
        this.forms = forms;
    }

    /** @param last the parameter that may be repeated; null for none */
    private record Form(List<Parameter> parameters, Parameter last) {
        boolean takes(int count) {
            return last == null ? count == parameters.size() : count >= parameters.size();
        }

        Parameter parameter(int i) {
            return i < parameters.size() ? parameters.get(i) : last;
        }

        String shown(String name) {
            return parameters.stream().map(Parameter::shown).collect(Collectors.joining(", ", name + "(", "")) + (last == null ? ")" : ", ...)");
        }
    }

    /** One form. */
    static Arguments of(Parameter... parameters) {
        return new Arguments(List.of(new Form(List.of(parameters), null)));
    }

    /** One form whose last parameter stands for one or more arguments. */
    static Arguments repeated(Parameter... parameters) {
        return new Arguments(List.of(new Form(List.of(parameters), parameters[parameters.length - 1])));
    }

    /** Another form beside. */
    Arguments or(Arguments more) {
        List<Form> all = new ArrayList<>(forms);
        all.addAll(more.forms);
        return new Arguments(all);
    }

    /** The types expected of arguments of these types, where NULL stands for a bare NULL; null if no form takes them. */
    List<RelDataType> expected(RelDataTypeFactory types, List<RelDataType> given) {
        for (Form form : forms) {
            List<RelDataType> expected = form.takes(given.size()) ? expected(form, types, given) : null;
            if (expected != null) {
                return expected;
            }
        }
        return null;
    }

    private static List<RelDataType> expected(Form form, RelDataTypeFactory types, List<RelDataType> given) {
        List<RelDataType> expected = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            RelDataType type = form.parameter(i).expected(types, given, i);
            if (type == null || !Parameter.isUnknown(given.get(i)) && !isCast(given.get(i), type)) {
                return null;
            }
            expected.add(types.createTypeWithNullability(type, Parameter.isUnknown(given.get(i)) || given.get(i).isNullable()));
        }
        return expected;
    }

    private static boolean isCast(RelDataType from, RelDataType to) {
        return from.equals(to) || ImplicitCasts.isAllowed(Types.toDataType(from), Types.toDataType(to));
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        boolean fit = expected(binding.getTypeFactory(), binding.collectOperandTypes()) != null;
        if (!fit && throwOnFailure) {
            throw binding.newValidationSignatureError();
        }
        return fit;
    }

    @Override
    public void inferOperandTypes(SqlCallBinding binding, RelDataType result, RelDataType[] operands) {
        List<RelDataType> expected = expected(binding.getTypeFactory(), binding.collectOperandTypes());
        for (int i = 0; expected != null && i < operands.length; i++) {
            operands[i] = expected.get(i);
        }
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        int least = forms.stream().mapToInt(form -> form.parameters().size()).min().orElse(0);
        int most = forms.stream().mapToInt(form -> form.parameters().size()).max().orElse(0);
        return forms.stream().anyMatch(form -> form.last() != null) ? SqlOperandCountRanges.from(least) : SqlOperandCountRanges.between(least, most);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
        return forms.stream().map(form -> form.shown(name)).collect(Collectors.joining(", "));
    }

    /** The type that all arguments are cast to; nullable if one of them is. */
    static RelDataType common(SqlOperatorBinding binding) {
        return CommonTypes.of(binding.getTypeFactory(), binding.collectOperandTypes());
    }
}
