package creek.sql.internal.plan.rule;

import creek.core.operator.RowPattern;
import creek.sql.internal.SqlError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** The variables of a PATTERN with their quantifiers, checked. */
final class PatternVariables {
    /** A pattern has a state for each row that it counts. */
    private static final int MOST_COUNTED = 100_000;

    private final List<RowPattern.Variable> variables = new ArrayList<>();

    private PatternVariables() {
    }

    static List<RowPattern.Variable> of(RexNode pattern) {
        PatternVariables found = new PatternVariables();
        found.add(pattern);
        List<RowPattern.Variable> variables = found.variables;
        if (variables.stream().allMatch(variable -> variable.min() == 0)) {
            throw SqlError.unsupported("Patterns that can produce empty matches are not supported. There must be at least one non-optional state.");
        }
        if (variables.get(variables.size() - 1).isGreedy()) {
            throw SqlError.unsupported("Greedy quantifiers are not allowed as the last element of a Pattern yet. Finish your pattern with either a "
                    + "simple variable or reluctant quantifier.");
        }
        if (variables.stream().mapToLong(variable -> Math.max(variable.min(), variable.max())).sum() > MOST_COUNTED) {
            throw SqlError.unsupported("the quantifiers of a PATTERN can count at most " + MOST_COUNTED + " rows");
        }
        return variables;
    }

    private void add(RexNode pattern) {
        if (pattern instanceof RexLiteral name) {
            add(name, 1, 1, true);
            return;
        }
        RexCall call = (RexCall) pattern;
        switch (call.getKind()) {
            case PATTERN_CONCAT -> call.getOperands().forEach(this::add);
            case PATTERN_QUANTIFIER -> addQuantified(call);
            case PATTERN_ALTER -> throw SqlError.unsupported("a PATTERN can't have alternatives (A | B); write one query for each and UNION ALL them");
            case PATTERN_PERMUTE -> throw SqlError.unsupported("a PATTERN can't have PERMUTE; write the orders out, one query for each, and UNION ALL "
                    + "them");
            case PATTERN_EXCLUDED -> throw SqlError.unsupported("a PATTERN can't exclude rows with {- -}: ONE ROW PER MATCH gives only what MEASURES "
                    + "name");
            default -> throw SqlError.unsupported("a PATTERN is made of variables and quantifiers, not of " + call.getOperator().getName());
        }
    }

    private void addQuantified(RexCall call) {
        if (!(call.getOperands().get(0) instanceof RexLiteral name)) {
            throw SqlError.unsupported("a quantifier can only follow a variable: groups such as (A B)+ are not supported in a PATTERN");
        }
        int min = number(call.getOperands().get(1));
        int max = number(call.getOperands().get(2));
        boolean reluctant = ((RexLiteral) call.getOperands().get(3)).getValueAs(Boolean.class);
        String variable = name.getValueAs(String.class);
        if (min < 0) {
            throw SqlError.unsupported("a quantifier without a lower bound is not supported: write " + variable + "{0," + max + "}");
        }
        if (max != RowPattern.UNBOUNDED && max < Math.max(1, min)) {
            throw SqlError.invalid("variable " + variable + " can't have from " + min + " to " + max + " rows");
        }
        boolean optionalRow = min == 0 && max == 1;
        if (optionalRow && reluctant) {
            throw SqlError.unsupported("Reluctant optional variables are not supported yet.");
        }
        boolean optional = optionalRow || min == 0 && max == RowPattern.UNBOUNDED;
        if (optional && !variables.isEmpty() && variables.get(variables.size() - 1).isGreedy()) {
            throw SqlError.unsupported("Optional pattern cannot be preceded by greedy pattern: " + variable + " may have no row and follows "
                    + variables.get(variables.size() - 1).name() + "; make that one reluctant");
        }
        add(name, min, max, reluctant);
    }

    private void add(RexLiteral name, int min, int max, boolean reluctant) {
        String variable = name.getValueAs(String.class);
        if (variables.stream().anyMatch(each -> each.name().equals(variable))) {
            throw SqlError.unsupported("Pattern variables must be unique: " + variable + " stands twice in the PATTERN");
        }
        variables.add(new RowPattern.Variable(variable, min, max, reluctant));
    }

    private static int number(RexNode literal) {
        return ((RexLiteral) literal).getValueAs(BigDecimal.class).intValueExact();
    }
}
