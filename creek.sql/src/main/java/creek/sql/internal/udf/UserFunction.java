package creek.sql.internal.udf;

import creek.core.data.DataType;
import creek.sql.internal.SqlError;
import creek.udf.api.TableAggregateFunction;
import creek.udf.api.TableFunction;
import creek.udf.api.UserDefinedFunction;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A function made from a class: what calls to it need to know. Immutable. */
public final class UserFunction {
    private final String name;
    private final Class<? extends UserDefinedFunction> type;
    private final Optional<FunctionJar> jar;
    private final Optional<AccumulatorType> aggregate;
    private final List<EvalMethod> methods;
    private final boolean deterministic;

    /**
     * @param jar   that the class comes from and that jobs take with them; empty if a bundle provides it
     * @param hints reads a type that is written as SQL writes it
     * @throws SqlError if the class is no function
     */
    UserFunction(String name, Class<? extends UserDefinedFunction> type, Optional<FunctionJar> jar, Function<String, DataType> hints) {
        this.name = name;
        this.type = type;
        this.jar = jar;
        if (type.getPackageName().isEmpty()) {
            throw SqlError.unsupported("class " + type.getName() + " is in no package, where generated code can't see it; put it into one");
        }
        JavaSignatures signatures = new JavaSignatures(type, hints);
        aggregate = signatures.isAggregate() ? Optional.of(signatures.accumulator()) : Optional.empty();
        methods = signatures.methods();
        try {
            deterministic = type.getConstructor().newInstance().isDeterministic();
        } catch (InvocationTargetException e) {
            throw SqlError.invalid("function " + name + ": the constructor of class " + type.getName() + " fails: " + e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw SqlError.invalid("class " + type.getName() + " can't be used as a function; it must be public and have a public constructor "
                    + "without parameters: " + e);
        } catch (RuntimeException e) {
            throw SqlError.invalid("function " + name + ": isDeterministic() of class " + type.getName() + " fails: " + e);
        }
    }

    public String name() {
        return name;
    }

    public Class<? extends UserDefinedFunction> type() {
        return type;
    }

    public Optional<FunctionJar> jar() {
        return jar;
    }

    public boolean isTable() {
        return TableFunction.class.isAssignableFrom(type);
    }

    /** Of an aggregate function: its accumulator. */
    public Optional<AccumulatorType> accumulator() {
        return aggregate;
    }

    /** A word for the kind of function, as Flink shows it. */
    public String kind() {
        return isTable() ? "TABLE" : aggregate.isEmpty() ? "SCALAR" : isTableAggregate() ? "TABLE_AGGREGATE" : "AGGREGATE";
    }

    /** Whether the function gives the rows of an aggregate. */
    public boolean isTableAggregate() {
        return TableAggregateFunction.class.isAssignableFrom(type);
    }

    public boolean isDeterministic() {
        return deterministic;
    }

    /** The method for arguments of these types: one that takes them as they are, or else the first that takes them converted. */
    public Optional<EvalMethod> method(List<DataType> arguments) {
        return methods.stream().filter(each -> each.takes(arguments, true)).findFirst()
                .or(() -> methods.stream().filter(each -> each.takes(arguments, false)).findFirst());
    }

    /** As {@link #method}; a call that no method takes is refused. */
    EvalMethod called(List<DataType> arguments) {
        return method(arguments).orElseThrow(() -> SqlError.invalid(refusal(arguments)));
    }

    String refusal(List<DataType> arguments) {
        String given = String.join(", ", arguments.stream().map(DataType::toString).toList());
        return "function " + name + " can't be called with (" + given + "); it takes " + signatures();
    }

    /** The first method that takes so many arguments. */
    Optional<EvalMethod> ofCount(int arguments) {
        return methods.stream().filter(each -> each.parameters().size() == arguments || each.method().isVarArgs()
                && each.parameters().size() <= arguments).findFirst();
    }

    /** How the function can be called, for messages. */
    public String signatures() {
        return methods.stream().map(each -> each.text(name)).collect(Collectors.joining(", "));
    }

    /** The same class under the same name is the same function. */
    @Override
    public boolean equals(Object other) {
        return other instanceof UserFunction function && function.name.equals(name) && function.type == type;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
