package creek.sql.internal.udf;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.sql.internal.type.ImplicitCasts;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A method {@code eval} of a function, or {@code accumulate} of an aggregate function, with the SQL types of its signature.
 *
 * @param first      the place of the first parameter that is an argument in SQL: 1 behind an accumulator
 * @param parameters the last is that of each further argument where the method takes a variable number
 * @param result     of a table function: of its rows; of an aggregate function: of {@code getValue}
 */
public record EvalMethod(Method method, int first, List<DataType> parameters, DataType result) {
    /** The type of the argument at that place. */
    public DataType parameter(int place) {
        return parameters.get(Math.min(place, parameters.size() - 1));
    }

    /** The class that the method takes at that place: of an array of all further arguments, of its elements. */
    public Class<?> parameterClass(int place) {
        Class<?>[] classes = method.getParameterTypes();
        return isVariable(place) ? classes[classes.length - 1].getComponentType() : classes[first + place];
    }

    /** Whether the argument at that place is one of a variable number. */
    public boolean isVariable(int place) {
        return method.isVarArgs() && first + place >= method.getParameterCount() - 1;
    }

    /** @param exactly without converting anything */
    boolean takes(List<DataType> arguments, boolean exactly) {
        int fixed = method.isVarArgs() ? parameters.size() - 1 : parameters.size();
        if (arguments.size() < fixed || arguments.size() > fixed && !method.isVarArgs()) {
            return false;
        }
        for (int i = 0; i < arguments.size(); i++) {
            DataType given = arguments.get(i);
            DataType wanted = parameter(i);
            boolean isNull = given.root() == TypeRoot.NULL;
            if (!wanted.isNullable() && (given.isNullable() || isNull)) {
                return false;
            }
            boolean same = given.nullable(true).equals(wanted.nullable(true)) || given.isString() && wanted.isString()
                    || given.root() == wanted.root() && given.children().isEmpty() && given.root() != TypeRoot.DECIMAL;
            if (!same && (exactly || !ImplicitCasts.isAllowed(given, wanted))) {
                return false;
            }
        }
        return true;
    }

    /** The signature in SQL types. */
    String text(String name) {
        String texts = parameters.stream().map(DataType::toString).collect(Collectors.joining(", "));
        return name + "(" + texts + (method.isVarArgs() ? "..." : "") + ")";
    }
}
