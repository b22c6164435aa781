package creek.sql.internal.udf;

import creek.core.connector.ConnectorRegistry;
import creek.core.data.DataType;
import creek.sql.internal.SqlError;
import creek.udf.api.UserDefinedFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlNameMatcher;

/** The functions that a session's CREATE FUNCTION made, and behind them those that bundles provide. */
public final class SessionFunctions implements SqlOperatorTable {
    private final ConnectorRegistry registry;
    private final Function<String, DataType> hints;
    private final Map<String, Definition> definitions = new TreeMap<>();
    private final Map<String, FunctionJar> jars = new TreeMap<>();

    /**
     * What a statement said of a function.
     *
     * @param jars where its class may be; all of the session's besides
     */
    public record Definition(String name, String className, boolean isTemporary, List<FunctionJar> jars) {
    }

    /** @param hints reads a type that is written as SQL writes it */
    public SessionFunctions(ConnectorRegistry registry, Function<String, DataType> hints) {
        this.registry = registry;
        this.hints = hints;
    }

    /** What CREATE FUNCTION said of a function of that name, in whatever case. */
    public Optional<Definition> definition(String name) {
        return Optional.ofNullable(definitions.get(key(name)));
    }

    /** Adds a function or replaces it. */
    public void define(Definition definition) {
        definitions.put(key(definition.name()), definition);
    }

    public void drop(String name) {
        definitions.remove(key(name));
    }

    /** The names that CREATE FUNCTION gave. */
    public List<String> names() {
        return definitions.values().stream().map(Definition::name).toList();
    }

    /** The names of functions that bundles provide. */
    public List<String> providedNames() {
        return List.copyOf(registry.functionNames());
    }

    /** Reads a jar, once. */
    public FunctionJar jar(Path path, SqlParserPos place) {
        FunctionJar known = jars.get(path.toString());
        if (known != null) {
            return known;
        }
        try {
            return new FunctionJar(path);
        } catch (IOException e) {
            throw SqlError.invalid("the jar " + path + " can't be read: " + e.getMessage(), place, e);
        }
    }

    /** The jars that ADD JAR added, by path. */
    public Map<String, FunctionJar> jars() {
        return jars;
    }

    /**
     * The function that a definition makes.
     *
     * @throws SqlError if its class is not there or no function
     */
    public UserFunction function(Definition definition) {
        List<FunctionJar> places = new ArrayList<>(definition.jars());
        places.addAll(jars.values());
        for (FunctionJar jar : places) {
            if (jar.files().containsKey(definition.className().replace('.', '/') + ".class")) {
                return new UserFunction(definition.name(), loaded(jar, definition), Optional.of(jar), hints);
            }
        }
        Class<? extends UserDefinedFunction> provided = registry.functionClass(definition.className()).orElseThrow(() -> SqlError.invalid(
                "function " + definition.name() + ": there is no class " + definition.className() + (places.isEmpty()
                        ? " among the functions that bundles provide; say where it is: USING JAR 'file.jar'" : " in " + paths(places))));
        return new UserFunction(definition.name(), provided, Optional.empty(), hints);
    }

    private static String paths(List<FunctionJar> jars) {
        return String.join(", ", jars.stream().map(jar -> jar.path().toString()).toList());
    }

    private static Class<? extends UserDefinedFunction> loaded(FunctionJar jar, Definition definition) {
        try {
            return jar.loadClass(definition.className()).asSubclass(UserDefinedFunction.class);
        } catch (ClassCastException e) {
            throw SqlError.invalid("class " + definition.className() + " does not extend ScalarFunction, TableFunction or AggregateFunction of creek.udf.api");
        } catch (ClassNotFoundException | LinkageError e) {
            throw SqlError.invalid("class " + definition.className() + " can't be loaded from " + jar.path() + ": " + e);
        }
    }

    @Override
    public void lookupOperatorOverloads(SqlIdentifier name, SqlFunctionCategory category, SqlSyntax syntax, List<SqlOperator> found,
            SqlNameMatcher matcher) {
        if (syntax != SqlSyntax.FUNCTION || !found.isEmpty()) {
            return;
        }
        String simple = name.names.get(name.names.size() - 1);
        Definition definition = definitions.get(key(simple));
        if (definition != null) {
            found.add(operator(function(definition)));
        } else {
            registry.function(simple).ifPresent(type -> found.add(operator(new UserFunction(simple, type, Optional.empty(), hints))));
        }
    }

    private static SqlOperator operator(UserFunction function) {
        return function.accumulator().isPresent() ? new UserAggregateOperator(function) : UserFunctionOperator.of(function);
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return List.of();
    }

    private static String key(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
