package creek.sql.internal.physical;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.operator.MatchedRows;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.Expression;
import creek.sql.internal.codegen.ExpressionCompiler;
import creek.sql.internal.codegen.JavaTypes;
import creek.sql.internal.codegen.MatchCode;
import creek.sql.internal.plan.MatchRel;
import creek.sql.internal.type.StreamTypeFactory;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPatternFieldRef;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;

/**
 * Generates the methods of {@link creek.core.operator.MatchExpressions}. An expression becomes one over several rows: that at hand, those that
 * it navigates to, and those of aggregates:
 *
 * <pre>
 * private boolean defineUp(Row row, MatchedRows matched) throws Exception {
 *     Row lastDown = matched.last(1, 0);
 *     boolean priceIsNull = row.isNullAt(1);
 *     int price = row.getInt(1);
 *     ...
 *     return !priceIsNull &amp;&amp; !price2IsNull &amp;&amp; price &gt; price2;
 * }
 * </pre>
 */
final class MatchExpressionsGenerator {
    private static final String ROW = "row";
    private static final String ALL = "*";

    private final ClassBody body;
    private final RelDataType columns;
    private final MatchRel.Pattern pattern;
    private final StreamTypeFactory types = new StreamTypeFactory();
    /** Of DEFINE, then of MEASURES. */
    private final MatchAggregatesGenerator ofConditions;
    private final MatchAggregatesGenerator ofMeasures;

    MatchExpressionsGenerator(ClassBody body, RelDataType columns, MatchRel.Pattern pattern, MatchAggregatesGenerator ofConditions,
            MatchAggregatesGenerator ofMeasures) {
        this.body = body;
        this.columns = columns;
        this.pattern = pattern;
        this.ofConditions = ofConditions;
        this.ofMeasures = ofMeasures;
        List.of(MatchCode.MATCHED, "variable").forEach(body::name);
    }

    /** Whether calls of that kind pick one of the rows of a variable. */
    static boolean isNavigation(SqlKind kind) {
        return kind == SqlKind.FIRST || kind == SqlKind.LAST;
    }

    String methods(List<Integer> partitionBy, List<RexNode> measures) {
        String row = body.imports().use(Row.class);
        String matched = body.imports().use(MatchedRows.class) + " " + MatchCode.MATCHED;
        StringBuilder cases = new StringBuilder();
        StringBuilder methods = new StringBuilder();
        pattern.defines().forEach((variable, condition) -> {
            String name = body.name("define" + JavaSource.upperCamelCase(variable));
            cases.append("case ").append(pattern.place(variable)).append(":\nreturn ").append(name).append("(row, matched);\n");
            methods.append("\nprivate boolean ").append(name).append("(").append(row).append(" row, ").append(matched)
                    .append(") throws Exception {\n").append(define(variable, condition)).append("}\n");
        });
        return "public boolean define(int variable, " + row + " row, " + matched + ") throws Exception {\nswitch (variable) {\n" + cases
                + "default:\nreturn true;\n}\n}\n" + methods
                + "\npublic void measure(" + matched + ", " + row + " out) throws Exception {\n" + measure(partitionBy, measures) + "}\n";
    }

    private String define(String variable, RexNode condition) {
        Rows rows = new Rows(variable, ofConditions);
        RexNode overRows = condition.accept(rows);
        ExpressionCompiler compiler = rows.compiler();
        compiler.share(List.of(overRows));
        String holds = compiler.condition(overRows);
        return rows.declarations() + compiler.takeStatements() + "return " + holds + ";\n";
    }

    private String measure(List<Integer> partitionBy, List<RexNode> measures) {
        Rows rows = new Rows(null, ofMeasures);
        List<RexNode> overRows = measures.stream().map(each -> each.accept(rows)).toList();
        String keyRow = partitionBy.isEmpty() ? null : rows.navigate(ALL, true, 0);
        ExpressionCompiler compiler = rows.compiler();
        compiler.share(overRows);
        StringBuilder text = new StringBuilder(rows.declarations());
        for (int i = 0; i < partitionBy.size(); i++) {
            text.append("out.setFrom(").append(i).append(", ").append(keyRow).append(", ").append(partitionBy.get(i)).append(");\n");
        }
        for (int i = 0; i < overRows.size(); i++) {
            text.append(set(compiler, overRows.get(i), partitionBy.size() + i));
        }
        return text.toString();
    }

    private static String set(ExpressionCompiler compiler, RexNode measure, int place) {
        DataType type = Types.toDataType(measure.getType());
        Expression value = compiler.compile(measure);
        String set = value.isAlwaysNull() ? "" : JavaTypes.set("out", place, type, value.term()) + ";\n";
        String setNull = "out.setNull(" + place + ");\n";
        return compiler.takeStatements() + (value.isAlwaysNull() ? setNull : !value.isNullable() ? set
                : "if (" + value.nullTerm() + ") {\n" + setNull + "} else {\n" + set + "}\n");
    }

    /** A column of a row that a variable of the method holds. */
    private record Column(String row, int index, String name, RelDataType type) {
    }

    /** Brings expressions over columns of rows that variables of the method hold. */
    private final class Rows extends RexShuttle {
        /** The variable whose condition it is, or null in MEASURES. */
        private final String current;
        private final MatchAggregatesGenerator aggregates;
        /** The names of the variables, by what they hold. */
        private final Map<String, String> names = new LinkedHashMap<>();
        private final List<Column> used = new ArrayList<>();
        private boolean first;
        private int offset;

        Rows(String current, MatchAggregatesGenerator aggregates) {
            this.current = current;
            this.aggregates = aggregates;
        }

        @Override
        public RexNode visitCall(RexCall call) {
            if (call.getOperator() instanceof SqlAggFunction) {
                MatchAggregatesGenerator.Place place = aggregates.add(call);
                String row = variable("matched.aggregates(" + place.aggregates() + ")", "aggregates");
                return column(new Column(row, place.column(), call.getOperator().getName(), call.getType()));
            }
            if (!isNavigation(call.getKind())) {
                return super.visitCall(call);
            }
            first = call.getKind() == SqlKind.FIRST;
            offset = ((RexLiteral) call.getOperands().get(1)).getValueAs(Integer.class);
            RexNode value = call.getOperands().get(0).accept(this);
            first = false;
            offset = 0;
            return value;
        }

        @Override
        public RexNode visitPatternFieldRef(RexPatternFieldRef reference) {
            String row = navigate(reference.getAlpha(), first, offset);
            RelDataType type = reference.getType();
            return column(new Column(row, reference.getIndex(), columns.getFieldNames().get(reference.getIndex()),
                    row.equals(ROW) ? type : types.createTypeWithNullability(type, true)));
        }

        private RexNode column(Column column) {
            int known = used.indexOf(column);
            if (known < 0) {
                used.add(column);
            }
            return new RexInputRef(known < 0 ? used.size() - 1 : known, column.type());
        }

        /** The name of the variable that holds a row of the match; there may be no such row, which is one of nulls. */
        String navigate(String alpha, boolean fromFirst, int places) {
            boolean all = alpha.equals(ALL);
            if (current != null && !fromFirst && places == 0 && (all || alpha.equals(current))) {
                return ROW;
            }
            String way = fromFirst ? "first" : "last";
            String of = all ? body.imports().use(MatchedRows.class) + ".ANY" : Integer.toString(pattern.place(alpha));
            return variable("matched." + way + "(" + of + ", " + places + ")",
                    way + (all ? "Row" : JavaSource.upperCamelCase(alpha)) + (places == 0 ? "" : "Offset" + places));
        }

        private String variable(String held, String wanted) {
            return names.computeIfAbsent(held, key -> body.name(wanted));
        }

        ExpressionCompiler compiler() {
            ExpressionCompiler compiler = new ExpressionCompiler(body);
            used.forEach(each -> compiler.addColumn(each.row(), each.index(), each.name(), each.type()));
            return compiler;
        }

        String declarations() {
            StringBuilder text = new StringBuilder();
            names.forEach((held, name) -> text.append(body.imports().use(Row.class)).append(' ').append(name).append(" = ").append(held)
                    .append(";\n"));
            return text.toString();
        }
    }
}
