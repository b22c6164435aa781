package creek.sql.internal.physical;

import creek.core.operator.Calc;
import creek.core.operator.CalcOperator;
import creek.sql.internal.codegen.CalcGenerator;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.plan.ExpressionText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil.InputFinder;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Filters and projects. The expressions are over the input's row and carry no marks of time attributes. */
final class CalcNode extends PhysicalNode {
    private final RexNode condition;
    private final List<RexNode> projects;

    /** @param condition what rows must pass, or null */
    CalcNode(PhysicalNode input, RexNode condition, List<RexNode> projects, RelDataType rowType) {
        super(List.of(input), rowType);
        this.condition = condition;
        this.projects = List.copyOf(projects);
    }

    List<RexNode> projects() {
        return projects;
    }

    @Override
    boolean passesChanges() {
        return true;
    }

    /** What a condition lets pass may change with each update, unless it is about the key. */
    @Override
    boolean needsUpdateBefore(int input, boolean own) {
        return own || condition != null && input().upsertKeys().stream().noneMatch(key -> key.contains(InputFinder.bits(condition)));
    }

    @Override
    Set<ImmutableBitSet> upsertKeys() {
        return UpsertKeys.behind(projects, input().upsertKeys());
    }

    @Override
    Direction direction(int column) {
        return projects.get(column) instanceof RexInputRef reference && condition == null
                ? input().direction(reference.getIndex()) : super.direction(column);
    }

    @Override
    boolean hasState() {
        return false;
    }

    @Override
    String kind() {
        return "calc";
    }

    @Override
    String describe() {
        List<String> columns = input().rowType().getFieldNames();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < projects.size(); i++) {
            String text = ExpressionText.of(projects.get(i), columns);
            String name = rowType().getFieldNames().get(i);
            texts.add(text.equals(name) ? name : text + " AS " + name);
        }
        return "Calc " + String.join(", ", texts) + (condition == null ? "" : " WHERE " + ExpressionText.of(condition, columns));
    }

    @Override
    String origins(String text) {
        return input().origins(renamedBack(text));
    }

    private String renamedBack(String text) {
        Map<String, String> origins = new LinkedHashMap<>();
        for (int i = 0; i < projects.size(); i++) {
            if (projects.get(i) instanceof RexInputRef column) {
                origins.put(rowType().getFieldNames().get(i), input().rowType().getFieldNames().get(column.getIndex()));
            }
        }
        if (origins.isEmpty()) {
            return text;
        }
        String names = origins.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile("(?<!\\w)(" + names + ")(?!\\w)").matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(origins.get(found.group())));
    }

    @Override
    void define(String mentioning, boolean renamed, StringBuilder text) {
        StringBuilder own = new StringBuilder();
        for (int i = 0; i < projects.size(); i++) {
            String name = rowType().getFieldNames().get(i);
            boolean isNew = !(projects.get(i) instanceof RexInputRef column)
                    || renamed && !input().rowType().getFieldNames().get(column.getIndex()).equals(name);
            if (isNew && Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)").matcher(mentioning).find()) {
                own.append(", ").append(name).append(" is ").append(ExpressionText.of(projects.get(i), input().rowType().getFieldNames()));
            }
        }
        text.append(own);
        super.define(renamedBack(mentioning) + own, renamed, text);
    }

    @Override
    String write(JobWriter writer) {
        String upstream = writer.input(this, 0);
        return upstream + ".then(" + writer.id(this) + ", " + operator(writer) + ")";
    }

    /** The Java expression of the operator. */
    String operator(JobWriter writer) {
        ClassBody body = writer.newBody();
        String methods = CalcGenerator.methods(body, input().rowType(), projects, condition);
        String name = writer.addClass("calc", Calc.class, describe(), body, methods);
        return "new " + writer.use(CalcOperator.class) + "(new " + name + "(), " + projects.size() + ")";
    }
}
