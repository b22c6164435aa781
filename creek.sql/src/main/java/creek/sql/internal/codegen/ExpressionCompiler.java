package creek.sql.internal.codegen;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.sql.internal.SqlError;
import creek.sql.internal.type.StreamRexBuilder;
import creek.sql.internal.type.StreamTypeFactory;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * Turns expressions over the columns of one or two input rows into Java: statements, collected until they are
 * {@linkplain #takeStatements taken}, and the terms of an {@link Expression} over their variables. One instance for one method.
 *
 * <p>Columns are read once, at the beginning. Sub-expressions that were {@linkplain #share announced} to occur several times are computed
 * once: where all need them, or else by the first branch that does.
 */
public final class ExpressionCompiler {
    private static final int LONG_TERM = 60;

    private final ClassBody body;
    private final RexBuilder rexBuilder = new StreamRexBuilder(new StreamTypeFactory());
    private final List<InputColumn> columns = new ArrayList<>();
    private final Map<Integer, Expression> columnsRead = new HashMap<>();
    private final StringBuilder reads = new StringBuilder();
    private StringBuilder statements = new StringBuilder();
    private Set<RexNode> shared = Set.of();
    private Map<RexNode, Expression> computed = new HashMap<>();
    private final LateValues late = new LateValues(this, reads);
    /** Whether the statements may be ones that don't run. */
    private boolean isBranch;
    private Map<Object, String> prepared = new HashMap<>();
    /** Terms that guard against null, and what they compute behind the guard. */
    private final Map<String, String> unguarded = new HashMap<>();

    private record InputColumn(String row, int index, String name, DataType type) {
    }

    /** Statements of a block of their own, and what they compute. */
    record Block<T>(String statements, T result) {
    }

    public ExpressionCompiler(ClassBody body) {
        this.body = body;
    }

    /** Adds an input row: its columns follow those of the rows added before. */
    public ExpressionCompiler addInput(String rowVariable, RelDataType rowType) {
        List<RelDataTypeField> fields = rowType.getFieldList();
        for (int i = 0; i < fields.size(); i++) {
            columns.add(new InputColumn(rowVariable, i, fields.get(i).getName(), Types.toDataType(fields.get(i).getType())));
        }
        return this;
    }

    /** Adds a single column of a row. */
    public void addColumn(String rowVariable, int index, String name, RelDataType type) {
        columns.add(new InputColumn(rowVariable, index, name, Types.toDataType(type)));
    }

    public ClassBody body() {
        return body;
    }

    /** Announces all expressions that will be compiled, so that what occurs in them several times is computed once. */
    public void share(List<RexNode> nodes) {
        Set<RexNode> seen = new HashSet<>();
        Set<RexNode> repeated = new HashSet<>();
        RexVisitorImpl<Void> counter = new RexVisitorImpl<>(true) {
            @Override
            public Void visitCall(RexCall call) {
                if (!seen.add(call)) {
                    if (RexUtil.isDeterministic(call)) {
                        repeated.add(call);
                    }
                    return null;
                }
                return super.visitCall(call);
            }
        };
        nodes.forEach(node -> expand(node).accept(counter));
        shared = repeated;
    }

    /** The statements since the last time, column reads first. */
    public String takeStatements() {
        String taken = reads.toString() + statements;
        reads.setLength(0);
        statements.setLength(0);
        return taken;
    }

    /** Compiles an expression. */
    public Expression compile(RexNode node) {
        return compileExpanded(expand(node));
    }

    /** A Java expression that is true exactly if the SQL expression is TRUE, neither FALSE nor null. */
    public String condition(RexNode node) {
        return new LogicCode(this).isTrue(expand(node));
    }

    /** Compiles an expression and converts it to a type as an implicit cast does. */
    public Expression compile(RexNode node, DataType target) {
        return convert(compile(node), target);
    }

    Expression convert(Expression expression, DataType target) {
        return new CastCode(this).cast(expression, target);
    }

    /** Replaces SEARCH by comparisons. */
    private RexNode expand(RexNode node) {
        return RexUtil.expandSearch(rexBuilder, null, node);
    }

    Expression compileExpanded(RexNode node) {
        Expression known = computed.get(node);
        if (known != null) {
            return known;
        }
        if (!shared.contains(node)) {
            return compileNew(node);
        }
        Expression expression = late.has(node) || isBranch && LateValues.isWorthwhile(node)
                ? late.value(node, block(() -> bind(compileNew(node), "v"))) : bind(compileNew(node), "v");
        computed.put(node, expression);
        return expression;
    }

    private Expression compileNew(RexNode node) {
        if (node instanceof RexInputRef ref) {
            return readColumn(ref.getIndex());
        }
        if (node instanceof RexLiteral literal) {
            return new LiteralCode(body).literal(literal);
        }
        if (node instanceof RexFieldAccess access) {
            return new NestedCode(this).field(compileExpanded(access.getReferenceExpr()), access.getField().getIndex(),
                    Types.toDataType(access.getType()));
        }
        if (node instanceof RexCall call) {
            return new CallCode(this).call(call);
        }
        throw SqlError.unsupported("expression " + node + " is not supported here");
    }

    private Expression readColumn(int index) {
        return columnsRead.computeIfAbsent(index, key -> {
            InputColumn column = columns.get(index);
            if (column.type().root() == TypeRoot.NULL) {
                return LiteralCode.nullOf(column.type());
            }
            String name = body.name(column.name());
            String nullTerm = Expression.NEVER;
            if (column.type().isNullable()) {
                nullTerm = body.name(column.name() + "IsNull");
                reads.append("boolean ").append(nullTerm).append(" = ").append(column.row()).append(".isNullAt(").append(column.index())
                        .append(");\n");
            }
            reads.append(body.imports().use(JavaTypes.of(column.type()))).append(' ').append(name).append(" = ")
                    .append(JavaTypes.get(column.row(), column.index(), column.type())).append(";\n");
            return new Expression(name, nullTerm, column.type());
        });
    }

    void statement(String text) {
        statements.append(text).append('\n');
    }

    /** Declares a variable; gives its name. */
    String declare(Class<?> type, String hint, String value) {
        String name = body.name(hint);
        statement(body.imports().use(type) + " " + name + " = " + value + ";");
        return name;
    }

    /** The same expression with terms that may be repeated. */
    Expression bind(Expression expression, String hint) {
        String nullTerm = bindNull(expression.nullTerm(), 0);
        return expression.isVariable() ? new Expression(expression.term(), nullTerm, expression.type())
                : new Expression(declare(expression.javaType(), hint, expression.term()), nullTerm, expression.type());
    }

    private String bindNull(String nullTerm, int longestUnbound) {
        return nullTerm.length() <= longestUnbound || nullTerm.equals(Expression.NEVER) || nullTerm.equals(Expression.ALWAYS)
                || nullTerm.chars().allMatch(Character::isJavaIdentifierPart) ? nullTerm : declare(boolean.class, "isNull", nullTerm);
    }

    /** A variable that is declared once for all that need the same; gives its name. */
    String prepare(Object key, Supplier<String> declaration) {
        String known = prepared.get(key);
        if (known == null) {
            known = declaration.get();
            prepared.put(key, known);
        }
        return known;
    }

    /** Compiles in a block of its own, whose statements run only where the caller puts them. */
    <T> Block<T> block(Supplier<T> content) {
        StringBuilder outer = statements;
        Map<RexNode, Expression> outerComputed = computed;
        statements = new StringBuilder();
        computed = new HashMap<>(outerComputed);
        Map<Object, String> outerPrepared = prepared;
        prepared = new HashMap<>(outerPrepared);
        boolean outerIsBranch = isBranch;
        isBranch = true;
        try {
            T result = content.get();
            return new Block<>(statements.toString(), result);
        } finally {
            statements = outer;
            computed = outerComputed;
            prepared = outerPrepared;
            isBranch = outerIsBranch;
        }
    }

    /** True if any of the arguments is null. */
    String anyNull(List<Expression> arguments) {
        StringBuilder term = new StringBuilder();
        Set<String> terms = new HashSet<>();
        for (Expression argument : arguments) {
            if (argument.isAlwaysNull()) {
                return Expression.ALWAYS;
            }
            if (argument.isNullable() && terms.add(argument.nullTerm())) {
                term.append(term.length() > 0 ? " || " : "").append(argument.nullTerm());
            }
        }
        return term.length() == 0 ? Expression.NEVER : terms.size() == 1 ? term.toString() : bindNull("(" + term + ")", LONG_TERM);
    }

    /** An operation on primitives that can't fail: computed whether arguments are null or not. */
    Expression total(DataType type, List<Expression> arguments, Function<List<String>, String> term) {
        return new Expression(term.apply(terms(arguments)), anyNull(arguments), type);
    }

    /** The term for a place that is reached only if the value is not null. */
    String whenNotNull(Expression expression) {
        return unguarded.getOrDefault(expression.term(), expression.term());
    }

    /** An operation that must not be run on nulls and whose result is never null for others. */
    Expression strict(DataType type, List<Expression> arguments, Function<List<String>, String> term) {
        String nullTerm = anyNull(arguments);
        if (nullTerm.equals(Expression.ALWAYS)) {
            return LiteralCode.nullOf(type);
        }
        String value = term.apply(arguments.stream().map(this::whenNotNull).toList());
        if (nullTerm.equals(Expression.NEVER)) {
            return Expression.notNull(value, type);
        }
        String guarded = "(" + nullTerm + " ? " + JavaTypes.zero(JavaTypes.of(type)) + " : " + value + ")";
        unguarded.put(guarded, value);
        return new Expression(guarded, nullTerm, type);
    }

    /** As {@link #strict}, with a term of a class whose null stands for SQL's. */
    Expression maybeNull(DataType type, List<Expression> arguments, Function<List<String>, String> term) {
        String nullTerm = anyNull(arguments);
        if (nullTerm.equals(Expression.ALWAYS)) {
            return LiteralCode.nullOf(type);
        }
        String value = term.apply(arguments.stream().map(this::whenNotNull).toList());
        return fromReference(type, nullTerm.equals(Expression.NEVER) ? value : nullTerm + " ? null : " + value);
    }

    /** An expression out of a term whose null stands for SQL's: of the type's class, boxed where that is primitive. */
    Expression fromReference(DataType type, String value) {
        Class<?> form = JavaTypes.of(type);
        String reference = declare(JavaTypes.boxed(form), "v", value);
        String nullTerm = "(" + reference + " == null)";
        if (!form.isPrimitive()) {
            return new Expression(reference, nullTerm, type);
        }
        String primitive = declare(form, "v", reference + " == null ? " + JavaTypes.zero(form) + " : " + reference + "." + form.getName()
                + "Value()");
        return new Expression(primitive, nullTerm, type);
    }

    /** The value as an object, null where it is null. */
    String boxed(Expression expression) {
        if (expression.isAlwaysNull()) {
            return "null";
        }
        Class<?> form = expression.javaType();
        String box = form.isPrimitive() ? JavaTypes.boxed(form).getSimpleName() + ".valueOf(" + expression.term() + ")" : expression.term();
        return !expression.isNullable() ? box
                : "(" + expression.nullTerm() + " ? (" + body.imports().use(JavaTypes.boxed(form)) + ") null : " + box + ")";
    }

    static List<String> terms(List<Expression> arguments) {
        return arguments.stream().map(Expression::term).toList();
    }
}
