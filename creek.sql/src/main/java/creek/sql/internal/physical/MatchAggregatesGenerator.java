package creek.sql.internal.physical;

import creek.core.operator.Accumulator;
import creek.core.operator.Calc;
import creek.core.operator.MatchAggregates;
import creek.core.operator.MatchedRows;
import creek.sql.internal.aggregate.AccumulatorGenerator;
import creek.sql.internal.codegen.CalcGenerator;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.plan.MatchRel;
import creek.sql.internal.type.StreamTypeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPatternFieldRef;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlAggFunction;

/** Collects the aggregates of DEFINE or of MEASURES, those over the rows of one variable together, and generates their accumulators. */
final class MatchAggregatesGenerator {
    /** Where an aggregate's result is: in which of the {@link MatchAggregates}, and which column of theirs. */
    record Place(int aggregates, int column) {
    }

    private static final class OfVariable {
        final List<RexCall> calls = new ArrayList<>();
        final List<RexNode> arguments = new ArrayList<>();
    }

    private final MatchRel.Pattern pattern;
    private final RelDataType columns;
    private final Map<String, OfVariable> variables = new LinkedHashMap<>();

    MatchAggregatesGenerator(MatchRel.Pattern pattern, RelDataType columns) {
        this.pattern = pattern;
        this.columns = columns;
    }

    Place add(RexCall call) {
        String variable = variable(call);
        OfVariable same = variables.computeIfAbsent(variable, key -> new OfVariable());
        if (!same.calls.contains(call)) {
            same.calls.add(call);
            for (RexNode argument : call.getOperands()) {
                RexNode overRow = overRow(argument);
                if (!same.arguments.contains(overRow)) {
                    same.arguments.add(overRow);
                }
            }
        }
        return new Place(List.copyOf(variables.keySet()).indexOf(variable), same.calls.indexOf(call));
    }

    private static String variable(RexCall call) {
        String[] found = {"*"};
        call.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitPatternFieldRef(RexPatternFieldRef reference) {
                found[0] = reference.getAlpha();
                return null;
            }
        });
        return found[0];
    }

    /** The argument over a row of the variable, whichever of them the query navigates to: each is aggregated. */
    private static RexNode overRow(RexNode argument) {
        return argument.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                return MatchExpressionsGenerator.isNavigation(call.getKind()) ? call.getOperands().get(0).accept(this) : super.visitCall(call);
            }

            @Override
            public RexNode visitPatternFieldRef(RexPatternFieldRef reference) {
                return new RexInputRef(reference.getIndex(), reference.getType());
            }
        });
    }

    /** The Java of the array of all. */
    String write(JobWriter writer) {
        List<String> texts = new ArrayList<>();
        variables.forEach((variable, each) -> texts.add(write(writer, variable, each)));
        return "new " + writer.use(MatchAggregates.class) + "[] {" + String.join(",\n", texts) + "}";
    }

    private String write(JobWriter writer, String variable, OfVariable of) {
        boolean plain = of.arguments.stream().allMatch(RexInputRef.class::isInstance);
        RelDataType inputs = plain ? columns : argumentTypes(of.arguments);
        List<AggregateCall> calls = of.calls.stream().map(call -> AggregateCall.create((SqlAggFunction) call.getOperator(), false, false, false,
                List.of(), call.getOperands().stream().map(argument -> place(of, overRow(argument), plain)).toList(), -1, null, RelCollations.EMPTY,
                call.getType(), null)).toList();
        String what = "aggregates over the rows of " + variable;
        String accumulator = writer.addClass("aggregates", Accumulator.class, what,
                new AccumulatorGenerator(writer.newBody(), inputs, calls, false)::members);
        String arguments = "null";
        if (!plain) {
            ClassBody body = writer.newBody();
            arguments = "new " + writer.addClass("arguments", Calc.class, "what is aggregated over the rows of " + variable, body,
                    CalcGenerator.methods(body, columns, of.arguments, null)) + "()";
        }
        String place = variable.equals("*") ? writer.use(MatchedRows.class) + ".ANY" : Integer.toString(pattern.place(variable));
        return "new " + writer.use(MatchAggregates.class) + "(" + place + ", " + arguments + ", " + (plain ? 0 : of.arguments.size()) + ", new "
                + accumulator + "(), " + calls.size() + ")";
    }

    private static int place(OfVariable of, RexNode argument, boolean plain) {
        return plain ? ((RexInputRef) argument).getIndex() : of.arguments.indexOf(argument);
    }

    private static RelDataType argumentTypes(List<RexNode> arguments) {
        RelDataTypeFactory.Builder builder = new StreamTypeFactory().builder();
        for (int i = 0; i < arguments.size(); i++) {
            builder.add("argument" + i, arguments.get(i).getType());
        }
        return builder.build();
    }
}
