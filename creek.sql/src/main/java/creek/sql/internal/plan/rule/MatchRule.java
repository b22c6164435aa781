package creek.sql.internal.plan.rule;

import creek.core.operator.RowPattern;
import creek.core.operator.RowPattern.Skip;
import creek.sql.internal.SqlError;
import creek.sql.internal.function.MatchFunctions;
import creek.sql.internal.plan.CalcRel;
import creek.sql.internal.plan.MatchRel;
import creek.sql.internal.plan.Rule;
import creek.sql.internal.plan.TimeAttributes;
import creek.sql.internal.type.StreamTypeFactory;
import creek.sql.internal.type.TimeAttributeType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalMatch;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPatternFieldRef;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize.AfterOption;

/** MATCH_RECOGNIZE, checked, over an input that has no columns but those it needs. */
public final class MatchRule implements Rule {
    @Override
    public RelNode apply(RelNode node) {
        return node instanceof LogicalMatch match ? new Conversion(match).convert() : null;
    }

    /** One query's. */
    private static final class Conversion {
        private final LogicalMatch match;
        private final RelNode input;
        private final RexBuilder rex;
        private final List<RexNode> measures = new ArrayList<>();
        private final Map<String, RexNode> defines = new LinkedHashMap<>();
        private final List<Integer> partitionBy = new ArrayList<>();

        Conversion(LogicalMatch match) {
            this.match = match;
            this.input = match.getInput();
            this.rex = match.getCluster().getRexBuilder();
        }

        RelNode convert() {
            if (match.isAllRows()) {
                throw SqlError.unsupported("All rows per match mode is not supported yet: write ONE ROW PER MATCH");
            }
            checkColumns();
            checkOrder();
            List<RowPattern.Variable> variables = PatternVariables.of(match.getPattern());
            List<RelDataTypeField> columns = match.getRowType().getFieldList();
            int keys = columns.size() - match.getMeasures().size();
            for (RelDataTypeField column : columns.subList(0, keys)) {
                partitionBy.add(input.getRowType().getFieldNames().indexOf(column.getName()));
            }
            for (RelDataTypeField column : columns.subList(keys, columns.size())) {
                measures.add(prepared(match.getMeasures().get(column.getName())));
            }
            for (RowPattern.Variable variable : variables) {
                if (match.getPatternDefinitions().containsKey(variable.name())) {
                    defines.put(variable.name(), prepared(match.getPatternDefinitions().get(variable.name())));
                }
            }
            return overUsedColumns(new MatchRel.Pattern(variables, skip(), skipVariable(), within(), defines), rowType(variables, columns, keys));
        }

        /** A column of PARTITION BY that is also a measure's name, or no column at all. */
        private void checkColumns() {
            int wanted = match.getPartitionKeys().cardinality() + match.getMeasures().size();
            if (match.getMeasures().isEmpty() || wanted != match.getRowType().getFieldCount()) {
                throw SqlError.invalid("Columns ambiguously defined: MATCH_RECOGNIZE needs MEASURES whose names are not those of PARTITION BY");
            }
        }

        private void checkOrder() {
            List<RelFieldCollation> order = match.getOrderKeys().getFieldCollations();
            if (order.isEmpty()) {
                throw SqlError.unsupported("You must specify either rowtime or proctime for order by.");
            }
            if (!(input.getRowType().getFieldList().get(order.get(0).getFieldIndex()).getType() instanceof TimeAttributeType)) {
                throw SqlError.unsupported("You must specify either rowtime or proctime for order by as the first one.");
            }
            if (order.get(0).direction.isDescending()) {
                throw SqlError.unsupported("Primary sort order of a streaming table must be ascending on time.");
            }
        }

        private Skip skip() {
            RexNode after = match.getAfter();
            return switch (after.getKind()) {
                case SKIP_TO_FIRST -> Skip.TO_FIRST;
                case SKIP_TO_LAST -> Skip.TO_LAST;
                default -> ((RexLiteral) after).getValueAs(AfterOption.class) == AfterOption.SKIP_PAST_LAST_ROW ? Skip.PAST_LAST_ROW
                        : Skip.TO_NEXT_ROW;
            };
        }

        private String skipVariable() {
            return match.getAfter() instanceof RexCall call ? ((RexLiteral) call.getOperands().get(0)).getValueAs(String.class) : null;
        }

        private long within() {
            if (match.getInterval() == null) {
                return 0;
            }
            if (!(match.getInterval() instanceof RexLiteral literal) || literal.getType().getSqlTypeName().isYearMonth()) {
                throw SqlError.unsupported("Only constant intervals with millisecond resolution are supported as time constraints of patterns.");
            }
            return literal.getValueAs(BigDecimal.class).longValue();
        }

        /** Without FINAL, which MEASURES always are, and without navigation to the last row. What there are no answers to is refused. */
        private RexNode prepared(RexNode expression) {
            RexNode unwrapped = expression.accept(new RexShuttle() {
                @Override
                public RexNode visitCall(RexCall call) {
                    SqlKind kind = call.getKind();
                    if (kind == SqlKind.FINAL) {
                        return call.getOperands().get(0).accept(this);
                    }
                    if (kind == SqlKind.RUNNING || kind == SqlKind.CLASSIFIER || kind == SqlKind.FILTER) {
                        throw SqlError.unsupported(kind + " is not supported in MATCH_RECOGNIZE");
                    }
                    if (kind != SqlKind.PREV && kind != SqlKind.NEXT && kind != SqlKind.FIRST && kind != SqlKind.LAST) {
                        return super.visitCall(call);
                    }
                    long offset = ((RexLiteral) call.getOperands().get(1)).getValueAs(Long.class);
                    checkOffset(kind, offset);
                    // columns that nothing navigates from are those of the last row
                    return offset == 0 && kind != SqlKind.FIRST ? call.getOperands().get(0).accept(this) : super.visitCall(call);
                }
            });
            return isPassedOn(unwrapped) ? unwrapped : TimeAttributes.materialize(rex, unwrapped);
        }

        private static void checkOffset(SqlKind kind, long offset) {
            if ((kind == SqlKind.PREV || kind == SqlKind.NEXT) && offset != 0) {
                throw SqlError.unsupported(kind + " is not supported: physical offsets within a partition are not; LAST(A.x, 1) is the row of A before "
                        + "the last");
            }
            if (offset < 0) {
                throw SqlError.invalid("the offset of " + kind + " must not be negative: " + offset);
            }
        }

        /** Whether a time attribute stays one: that of the match, or of a row of it. */
        private static boolean isPassedOn(RexNode node) {
            return node instanceof RexCall call && switch (call.getKind()) {
                case FIRST, LAST -> call.getOperands().get(0) instanceof RexPatternFieldRef;
                default -> call.getOperator() == MatchFunctions.MATCH_ROWTIME || call.getOperator() == MatchFunctions.MATCH_PROCTIME;
            };
        }

        private RelDataType rowType(List<RowPattern.Variable> variables, List<RelDataTypeField> columns, int keys) {
            StreamTypeFactory types = (StreamTypeFactory) rex.getTypeFactory();
            RelDataTypeFactory.Builder rowType = types.builder();
            for (int i = 0; i < keys; i++) {
                rowType.add(columns.get(i).getName(), types.withoutTimeAttribute(columns.get(i).getType()));
            }
            for (int i = 0; i < measures.size(); i++) {
                RelDataType type = measures.get(i).getType();
                boolean nullable = type.isNullable() || mayMissRow(measures.get(i), variables);
                rowType.add(columns.get(keys + i).getName(), types.createTypeWithNullability(type, nullable));
            }
            return rowType.build();
        }

        /** Whether an expression looks at rows that a match need not have; those have no values even in columns that are NOT NULL. */
        private static boolean mayMissRow(RexNode measure, List<RowPattern.Variable> variables) {
            boolean[] may = {false};
            measure.accept(new RexVisitorImpl<Void>(true) {
                @Override
                public Void visitCall(RexCall call) {
                    boolean navigates = call.getKind() == SqlKind.FIRST || call.getKind() == SqlKind.LAST;
                    may[0] |= navigates && ((RexLiteral) call.getOperands().get(1)).getValueAs(Long.class) > 0;
                    return call.getKind() == SqlKind.COUNT ? null : super.visitCall(call);
                }

                @Override
                public Void visitPatternFieldRef(RexPatternFieldRef reference) {
                    boolean certain = reference.getAlpha().equals("*")
                            || variables.stream().anyMatch(each -> each.name().equals(reference.getAlpha()) && each.min() > 0);
                    may[0] |= !certain;
                    return null;
                }
            });
            return may[0];
        }

        /** The match over those columns of the input alone that it uses. */
        private RelNode overUsedColumns(MatchRel.Pattern pattern, RelDataType rowType) {
            TreeSet<Integer> used = new TreeSet<>(partitionBy);
            match.getOrderKeys().getFieldCollations().forEach(each -> used.add(each.getFieldIndex()));
            RexVisitorImpl<Void> collector = new RexVisitorImpl<>(true) {
                @Override
                public Void visitPatternFieldRef(RexPatternFieldRef reference) {
                    used.add(reference.getIndex());
                    return null;
                }
            };
            measures.forEach(each -> each.accept(collector));
            defines.values().forEach(each -> each.accept(collector));
            List<Integer> places = List.copyOf(used);
            UnaryOperator<RexNode> moved = expression -> expression.accept(new RexShuttle() {
                @Override
                public RexNode visitPatternFieldRef(RexPatternFieldRef reference) {
                    return new RexPatternFieldRef(reference.getAlpha(), places.indexOf(reference.getIndex()), reference.getType());
                }
            });
            RelCollation order = RelCollations.of(match.getOrderKeys().getFieldCollations().stream()
                    .map(each -> each.withFieldIndex(places.indexOf(each.getFieldIndex()))).toList());
            Map<String, RexNode> movedDefines = new LinkedHashMap<>();
            defines.forEach((variable, condition) -> movedDefines.put(variable, moved.apply(condition)));
            return new MatchRel(columns(places), partitionBy.stream().map(places::indexOf).toList(), order,
                    new MatchRel.Pattern(pattern.variables(), pattern.skip(), pattern.skipVariable(), pattern.within(), movedDefines),
                    measures.stream().map(moved).toList(), rowType);
        }

        private RelNode columns(List<Integer> places) {
            List<RexNode> columns = places.stream().<RexNode>map(place -> RexInputRef.of(place, input.getRowType())).toList();
            return CalcRel.create(input, null, columns, places.stream().map(input.getRowType().getFieldNames()::get).toList());
        }
    }
}
