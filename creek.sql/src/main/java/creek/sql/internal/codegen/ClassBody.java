package creek.sql.internal.codegen;

import creek.core.data.Utf8;
import creek.core.operator.OperatorContext;
import creek.sql.internal.udf.UserFunction;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What expressions need of the class that they are generated into: constants, fields set in {@code open}, names that don't clash. */
public final class ClassBody {
    private static final int NAME_LENGTH = 30;

    private final Imports imports;
    private final Set<String> names = new HashSet<>();
    private final Map<String, String> constants = new HashMap<>();
    private final Map<String, Decimal> decimals = new LinkedHashMap<>();
    private final Set<UserFunction> functions = new LinkedHashSet<>();
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> functionTypes = new HashMap<>();
    private final StringBuilder constantDeclarations = new StringBuilder();
    private final StringBuilder openStatements = new StringBuilder();

    /** A constant that is declared only where code uses it: its value may have gone into an expression instead. */
    private record Decimal(BigDecimal value, String declaration) {
    }

    public ClassBody(Imports imports) {
        this.imports = imports;
        for (String keyword : JavaNames.RESERVED) {
            names.add(keyword);
        }
    }

    public Imports imports() {
        return imports;
    }

    /** A name that nothing else in the class has: the wanted one or, where it is taken, with a number. */
    public String name(String wanted) {
        String base = JavaNames.identifier(wanted, NAME_LENGTH);
        String name = base;
        for (int i = 2; !names.add(name); i++) {
            name = base + i;
        }
        return name;
    }

    /** A {@code static final} field, one for the same initialiser. */
    public String constant(Class<?> type, String hint, String initialiser) {
        return constants.computeIfAbsent(imports.use(type) + ' ' + initialiser, key -> {
            String name = constantName(hint);
            constantDeclarations.append(declaration(type, name, initialiser));
            return name;
        });
    }

    private String constantName(String hint) {
        return name(JavaNames.identifier(hint, NAME_LENGTH).toUpperCase(Locale.ROOT));
    }

    private String declaration(Class<?> type, String name, String initialiser) {
        return "private static final " + imports.use(type) + " " + name + " = " + initialiser + ";\n";
    }

    /** A constant of type DECIMAL, whose value {@link #decimal(String)} knows. */
    String constant(String hint, String initialiser, BigDecimal value) {
        return constants.computeIfAbsent("decimal " + initialiser, key -> {
            String name = constantName(hint);
            decimals.put(name, new Decimal(value, declaration(BigDecimal.class, name, initialiser)));
            return name;
        });
    }

    /** The value of a constant of type DECIMAL, or null if that is none's name. */
    BigDecimal decimal(String constant) {
        Decimal decimal = decimals.get(constant);
        return decimal == null ? null : decimal.value();
    }

    /** An instance field that {@code open} sets from its {@code context}; one for the same value. */
    public String opened(Class<?> type, String hint, String value) {
        return fields.computeIfAbsent(imports.use(type) + ' ' + value, key -> {
            String name = name(hint);
            constantDeclarations.append("private ").append(imports.use(type)).append(' ').append(name).append(";\n");
            openStatements.append(name).append(" = ").append(value).append(";\n");
            return name;
        });
    }

    /** An instance field. */
    public String field(Class<?> type, String hint, String initialiser) {
        String name = name(hint);
        constantDeclarations.append("private ").append(imports.use(type)).append(' ').append(name).append(" = ").append(initialiser)
                .append(";\n");
        return name;
    }

    /**
     * An instance field through which a function is called, which {@code open} sets, and the engine when it replaces the function.
     *
     * @param key   one field for the same
     * @param types declares the interface of the name that it is given, and its adapter
     */
    String function(UserFunction function, String key, UnaryOperator<String> types) {
        functions.add(function);
        return fields.computeIfAbsent("function " + key, any -> {
            String field = name(function.name());
            String type = name("Call" + Character.toUpperCase(field.charAt(0)) + field.substring(1));
            functionTypes.put(field, type);
            constantDeclarations.append(types.apply(type)).append("private ").append(type).append(' ').append(field).append(";\n");
            openStatements.append("context.function(").append(JavaNames.literal(function.name())).append(", ")
                    .append(JavaNames.literal(function.type().getName())).append(", ").append(type).append(".class, new ")
                    .append(imports.use(Consumer.class)).append("() {\npublic void accept(Object call) {\n").append(field).append(" = (").append(type)
                    .append(") call;\n}\n});\n");
            return field;
        });
    }

    /** The interface behind a field that {@link #function} has made. */
    String functionType(String field) {
        return functionTypes.get(field);
    }

    /** The functions that are called. */
    public Set<UserFunction> functions() {
        return functions;
    }

    /** The session's time zone. */
    public String zone() {
        return opened(ZoneId.class, "zone", "context.zone()");
    }

    /** The job's clock. */
    public String clock() {
        return opened(Clock.class, "clock", "context.clock()");
    }

    /** A method that makes something of a string by {@code maker.compile}, and remembers the last: a pattern that is no literal rarely changes. */
    public String lastCompiled(Class<?> type, Class<?> maker) {
        String text = field(Utf8.class, "lastText", "null");
        String last = field(type, "lastCompiled", "null");
        String method = name("compiled");
        constantDeclarations.append("private ").append(imports.use(type)).append(' ').append(method).append('(').append(imports.use(Utf8.class))
                .append(" text) {\nif (!text.equals(").append(text).append(")) {\n").append(last).append(" = ").append(imports.use(maker))
                .append(".compile(text);\n").append(text).append(" = text.copy();\n}\nreturn ").append(last).append(";\n}\n");
        return method;
    }

    /** A field that holds the last watermark; {@code Long.MIN_VALUE} before the first. */
    String watermark() {
        return fields.computeIfAbsent("watermark", key -> {
            String field = field(long.class, "currentWatermark", "Long.MIN_VALUE");
            constantDeclarations.append("public void watermark(long watermark) {\n").append(field).append(" = watermark;\n}\n");
            return field;
        });
    }

    /** Declarations of the constants and fields that the code of the class uses, a line each. */
    public String declarations(String code) {
        StringBuilder text = new StringBuilder();
        String all = code + constantDeclarations + openStatements;
        decimals.forEach((name, decimal) -> text.append(Pattern.compile("\\b" + name + "\\b").matcher(all).find() ? decimal.declaration() : ""));
        return text.append(constantDeclarations).toString();
    }

    /** Statements of {@code open(OperatorContext context)}. */
    public String openStatements() {
        return openStatements.toString();
    }

    /** The method {@code open}. */
    public String openMethod() {
        return "public void open(" + imports.use(OperatorContext.class) + " context)" + (functions.isEmpty() ? "" : " throws Exception") + " {\n" + openStatements + "}\n";
    }
}
