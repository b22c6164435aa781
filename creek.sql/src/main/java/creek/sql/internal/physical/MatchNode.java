package creek.sql.internal.physical;

import creek.core.operator.MatchExpressions;
import creek.core.operator.MatchOperator;
import creek.core.operator.RowPattern;
import creek.core.operator.RowPattern.Skip;
import creek.core.operator.RowPattern.Variable;
import creek.core.operator.Windows;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.ExpressionText;
import creek.sql.internal.plan.MatchRel;
import creek.sql.internal.type.TimeAttributeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;

/** A row for each match of a pattern. */
final class MatchNode extends PhysicalNode {
    private final MatchRel rel;
    private final MatchRel.Pattern pattern;

    MatchNode(PhysicalNode input, MatchRel rel) {
        super(List.of(input), rel.getRowType());
        this.rel = rel;
        this.pattern = rel.pattern();
    }

    @Override
    boolean dropsLateRows() {
        return isEventTime();
    }

    @Override
    int[] keyOfInput(int input) {
        return partition();
    }

    @Override
    String kind() {
        return "match";
    }

    @Override
    String describe() {
        List<String> columns = input().rowType().getFieldNames();
        List<String> measures = new ArrayList<>();
        int keys = rel.partitionBy().size();
        for (int i = 0; i < rel.measures().size(); i++) {
            measures.add(ExpressionText.of(rel.measures().get(i), columns) + " AS " + rowType().getFieldNames().get(keys + i));
        }
        String defines = pattern.defines().entrySet().stream().map(each -> each.getKey() + " AS " + ExpressionText.of(each.getValue(), columns))
                .collect(Collectors.joining(", "));
        return "Match" + Orders.describe(input(), partition(), rel.order()) + " MEASURES " + String.join(", ", measures)
                + " AFTER MATCH SKIP " + pattern.skip().name().replace('_', ' ')
                + (pattern.skipVariable() == null ? "" : " " + pattern.skipVariable())
                + " PATTERN (" + pattern.variables().stream().map(MatchNode::text).collect(Collectors.joining(" ")) + ")"
                + (pattern.within() == 0 ? "" : " WITHIN " + pattern.within() + " MS") + (defines.isEmpty() ? "" : " DEFINE " + defines);
    }

    private static String text(Variable variable) {
        boolean single = variable.min() == 1 && variable.max() == 1;
        return variable.name() + (single ? "" : "{" + variable.min() + "," + (variable.max() == RowPattern.UNBOUNDED ? "" : variable.max()) + "}"
                + (variable.reluctant() ? "?" : ""));
    }

    private int[] partition() {
        return rel.partitionBy().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    Optional<String> warning() {
        return pattern.within() > 0 ? Optional.empty()
                : pattern.variables().stream().filter(variable -> variable.max() == RowPattern.UNBOUNDED).findFirst()
                        .map(variable -> "variable " + variable.name() + " of a PATTERN may take rows for ever, and all of them are kept; bound that by "
                                + "WITHIN INTERVAL '...'");
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        MatchAggregatesGenerator ofConditions = new MatchAggregatesGenerator(pattern, input().rowType());
        MatchAggregatesGenerator ofMeasures = new MatchAggregatesGenerator(pattern, input().rowType());
        ClassBody body = writer.newBody();
        String methods = new MatchExpressionsGenerator(body, input().rowType(), pattern, ofConditions, ofMeasures)
                .methods(rel.partitionBy(), rel.measures());
        String expressions = writer.addClass("pattern", MatchExpressions.class, describe(), body, methods);
        List<RelFieldCollation> order = rel.order().getFieldCollations();
        return upstream + ".then(" + writer.id(this) + ", new " + writer.use(MatchOperator.class) + "(" + writer.schema(kind() + "_columns", input().schema()) + ", "
                + writer.keySelector(partition(), input().schema()) + ", "
                + (isEventTime() ? Integer.toString(order.get(0).getFieldIndex()) : writer.use(Windows.class) + ".PROCESSING_TIME") + ", "
                + peerOrder(writer, order.subList(1, order.size())) + ",\n" + pattern(writer) + ",\nnew " + expressions + "(),\n"
                + ofConditions.write(writer) + ",\n" + ofMeasures.write(writer) + ", " + rowType().getFieldCount() + "))";
    }

    private boolean isEventTime() {
        int time = rel.order().getFieldCollations().get(0).getFieldIndex();
        return TimeAttributeType.isRowtime(rel.getInput().getRowType().getFieldList().get(time).getType());
    }

    private String peerOrder(JobWriter writer, List<RelFieldCollation> order) {
        return order.isEmpty() ? "null" : Orders.sortKey(writer, writer.schema(kind() + "_columns", input().schema()), order);
    }

    private String pattern(JobWriter writer) {
        StringBuilder text = new StringBuilder("new ").append(writer.use(RowPattern.class)).append("()");
        for (Variable variable : pattern.variables()) {
            text.append("\n.then(").append(JavaNames.literal(variable.name()));
            if (variable.min() != 1 || variable.max() != 1) {
                text.append(", ").append(variable.min()).append(", ")
                        .append(variable.max() == RowPattern.UNBOUNDED ? writer.use(RowPattern.class) + ".UNBOUNDED" : Integer.toString(variable.max()))
                        .append(", ").append(variable.reluctant());
            }
            text.append(')');
        }
        text.append("\n.skip(").append(writer.use(Skip.class)).append('.').append(pattern.skip());
        text.append(pattern.skipVariable() == null ? "" : ", " + JavaNames.literal(pattern.skipVariable())).append(')');
        return text + (pattern.within() == 0 ? "" : "\n.within(" + pattern.within() + "L)");
    }
}
