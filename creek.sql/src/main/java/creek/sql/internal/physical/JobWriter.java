package creek.sql.internal.physical;

import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.job.JobDefinition;
import creek.core.job.Stream;
import creek.core.job.Topology;
import creek.core.operator.KeySelector;
import creek.core.operator.OperatorContext;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import creek.sql.internal.catalog.CatalogTable;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.Imports;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.codegen.TypeCode;
import creek.sql.internal.udf.UserFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/**
 * Collects the Java source of a job: the body of {@code define}, constants, and nested classes. Every step is written once, however many
 * others use it.
 */
final class JobWriter {
    /** Name of the generated class. */
    static final String CLASS = "Job";

    private static final int LONGEST_COMMENT = 110;
    private static final ConfigOption<Integer> PARALLELISM =
            ConfigOption.withDefault("parallelism.default", Integer.class, 1, "into how many subtasks the job is divided");
    private static final ConfigOption<String> ZONE =
            ConfigOption.withDefault("table.local-time-zone", String.class, "default", "the session's time zone");

    private final RelDataTypeFactory types;
    private final UpdateBefores befores;
    private final Options settings;
    private final Imports imports = new Imports();
    /** By digest. */
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, Integer> idUses = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> schemas = new LinkedHashMap<>();
    private final ClassBody names = new ClassBody(imports);
    private final List<ClassBody> bodies = new ArrayList<>();
    private final Map<String, Integer> classNumbers = new HashMap<>();
    private final StringBuilder define = new StringBuilder();
    private final StringBuilder constants = new StringBuilder();
    private final StringBuilder classes = new StringBuilder();

    JobWriter(RelDataTypeFactory types, UpdateBefores befores, Map<String, String> settings) {
        this.types = types;
        this.befores = befores;
        this.settings = Options.of(settings);
        names.name(CLASS);
        names.name("topology");
    }

    RelDataTypeFactory types() {
        return types;
    }

    /** Whether {@code -U} rows come out of the step. */
    boolean givesUpdateBefore(PhysicalNode node) {
        return befores.isGiven(node);
    }

    /** Whether rows that take others back come out of the step. */
    boolean takesBack(PhysicalNode node) {
        return befores.takesBack(node);
    }

    /** Whether the step, which {@linkplain PhysicalNode#canUpdateByKey can}, tells by a key which row an update is of. */
    boolean updatesByKey(PhysicalNode node) {
        return befores.isKeyed(node);
    }

    /** A setting of the session. */
    <T> T setting(ConfigOption<T> option) {
        return settings.get(option);
    }

    /** The session's time zone, or {@code default} for the one of where the job runs. */
    String zone() {
        return settings.get(ZONE);
    }

    /** The name to use for a class in the source. */
    String use(Class<?> type) {
        return imports.use(type);
    }

    /** The variable that holds a step's output; writes the step if that has not been done yet. */
    String stream(PhysicalNode node) {
        String known = variables.get(node.digest());
        if (known != null) {
            return known;
        }
        String expression = node.write(this);
        String name = names.name(node instanceof SourceNode source ? JavaSource.camelCase(source.table().name()) : node.kind());
        define.append(use(Stream.class)).append(' ').append(name).append(" = ").append(expression).append(";\n");
        variables.put(node.digest(), name);
        return name;
    }

    /** The Java expression of what comes to a step by its input of that number: in a parallel job brought together by the step's keys. */
    String input(PhysicalNode node, int number) {
        PhysicalNode before = node.inputs().get(number);
        String stream = stream(before);
        int[] key = node.keyOfInput(number);
        return key == null || settings.get(PARALLELISM) == 1 ? stream : stream + ".keyBy(" + keySelector(key, before.schema()) + ")";
    }

    /** The id of a step, as a literal: its own, with a number behind it where others have the same. */
    String id(PhysicalNode node) {
        return JavaNames.literal(ids.computeIfAbsent(node.digest(), digest -> {
            int number = idUses.merge(node.id(), 1, Integer::sum);
            return number == 1 ? node.id() : node.id() + "-" + number;
        }));
    }

    /** Writes a step that has no output. */
    void sink(SinkNode node) {
        define.append(node.write(this)).append(";\n");
    }

    /** Sets a setting of the job. */
    void setting(String key, String value) {
        define.append("topology.set(").append(JavaNames.literal(key)).append(", ").append(JavaNames.literal(value)).append(");\n");
    }

    /** Adds a table's options to a source or sink that is being written. */
    void options(StringBuilder text, CatalogTable table) {
        table.options().texts().forEach((key, value) -> text.append("\n.option(").append(JavaNames.literal(key)).append(", ")
                .append(JavaNames.literal(value)).append(')'));
    }

    ClassBody newBody() {
        ClassBody body = new ClassBody(imports);
        bodies.add(body);
        return body;
    }

    /** The functions made from classes that the steps written so far call. */
    Set<UserFunction> functions() {
        Set<UserFunction> functions = new LinkedHashSet<>();
        bodies.forEach(body -> functions.addAll(body.functions()));
        return functions;
    }

    /**
     * Adds a nested class.
     *
     * @param hint    what to name it after
     * @param what    what it does, for its comment
     * @param body    what its methods have asked for
     * @param methods the methods beside {@code open}
     * @return its name
     */
    String addClass(String hint, Class<?> contract, String what, ClassBody body, String methods) {
        String name = className(hint);
        use(OperatorContext.class);
        String declarations = body.declarations(methods);
        classes.append("\n/** ").append(JavaSource.comment(what, LONGEST_COMMENT)).append(" */\npublic static final class ").append(name)
                .append(contract.isInterface() ? " implements " : " extends ").append(use(contract)).append(" {\n")
                .append(declarations).append(declarations.isEmpty() ? "" : "\n").append(body.openMethod()).append('\n')
                .append(methods).append("}\n");
        return name;
    }

    /** Adds a nested class whose text is complete but for its name. */
    String addClass(String hint, Class<?> parent, String what, UnaryOperator<String> text) {
        String name = className(hint);
        classes.append("\n/** ").append(JavaSource.comment(what, LONGEST_COMMENT)).append(" */\npublic static final class ").append(name)
                .append(" extends ").append(use(parent)).append(" {\n").append(text.apply(name)).append("}\n");
        return name;
    }

    /** {@code Calc1}, {@code Calc2}: with a number from the first on, so that it is never the name of an engine's class. */
    private String className(String hint) {
        String base = JavaSource.upperCamelCase(hint);
        return names.name(base + classNumbers.merge(base, 1, Integer::sum));
    }

    /** The name of a constant for a schema. */
    String schema(String hint, Schema schema) {
        String expression = TypeCode.schema(schema, imports);
        return schemas.computeIfAbsent(expression, key -> {
            String name = names.name(JavaSource.upperSnakeCase(hint));
            constants.append("private static final ").append(use(Schema.class)).append(' ').append(name).append(" = ").append(expression)
                    .append(";\n");
            return name;
        });
    }

    /** The expression that selects key columns of rows. */
    String keySelector(int[] columns, Schema rows) {
        Schema keys = Schema.empty();
        for (int column : columns) {
            keys = keys.with(rows.name(column), rows.type(column));
        }
        String places = Arrays.stream(columns).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return "new " + use(KeySelector.class) + "(new int[] {" + places + "}, " + schema("keys", keys) + ")";
    }

    /** The expression that makes a type. */
    String type(DataType type) {
        return TypeCode.expression(type, imports);
    }

    /** The whole source. */
    String source(String packageName, String comment) {
        use(JobDefinition.class);
        use(Topology.class);
        functions().stream().filter(each -> each.jar().isEmpty()).forEach(each -> define.append("topology.function(")
                .append(JavaNames.literal(each.name())).append(", ").append(JavaNames.literal(each.type().getName())).append(");\n"));
        String text = "/** " + JavaSource.comment(comment, LONGEST_COMMENT) + " */\npublic final class " + CLASS + " implements "
                + use(JobDefinition.class) + " {\n" + constants + (constants.isEmpty() ? "" : "\n") + "public void define(Topology topology) {\n"
                + define + "}\n" + classes + "}\n";
        return "package " + packageName + ";\n\n" + imports.declarations() + "\n" + JavaSource.indent(text);
    }
}
