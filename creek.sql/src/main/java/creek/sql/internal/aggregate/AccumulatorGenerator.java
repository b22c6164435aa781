package creek.sql.internal.aggregate;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.operator.Accumulator;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.JavaNames;
import creek.sql.internal.type.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;

/**
 * Generates the members of an {@link Accumulator} class for several aggregates:
 *
 * <pre>
 * private long count0;
 *
 * public Accumulator newInstance() {
 *     return new Accumulator1();
 * }
 *
 * public boolean reset() {
 *     count0 = 0;
 *     return true;
 * }
 *
 * public void accumulate(Row row) {
 *     count0++;
 * }
 * ...
 * </pre>
 */
public final class AccumulatorGenerator {
    private final ClassBody body;
    private final RelDataType inputType;
    private final List<AggregateCall> calls;
    private final boolean retracts;
    private final List<AggregateCode> codes = new ArrayList<>();

    /**
     * @param body      of the class
     * @param inputType the columns that the aggregates' arguments are among
     * @param retracts  whether rows are taken back
     */
    public AccumulatorGenerator(ClassBody body, RelDataType inputType, List<AggregateCall> calls, boolean retracts) {
        this.body = body;
        this.inputType = inputType;
        this.calls = List.copyOf(calls);
        this.retracts = retracts;
        Map<Integer, SharedNumbers> tables = new HashMap<>();
        for (int i = 0; i < calls.size(); i++) {
            codes.add(Aggregates.code(body, i, calls.get(i), inputType, retracts, tables));
        }
    }

    /** The text of the class between its braces. */
    public String members(String className) {
        String row = body.imports().use(Row.class) + " row";
        String accumulator = body.imports().use(Accumulator.class);
        String mine = className + " mine = (" + className + ") other;\n";
        String mayThrow = body.functions().isEmpty() ? "" : " throws Exception";
        String methods = "\npublic boolean reset() {\n" + all((code, i) -> code.reset()) + "return true;\n}\n"
                + "\npublic void accumulate(" + row + ")" + mayThrow + " {\n"
                + all((code, i) -> filtered(i, code.accumulate("row", arguments(i)))) + "}\n"
                + (!retracts ? "" : "\npublic void retract(" + row + ")" + mayThrow + " {\n"
                + all((code, i) -> filtered(i, code.retract("row", arguments(i)))) + "}\n")
                + "\npublic void merge(" + accumulator + " other)" + mayThrow + " {\n" + mine + all((code, i) -> code.merge("mine")) + "}\n"
                + (codes.stream().allMatch(AggregateCode::isFixedSize) ? "\npublic boolean isFixedSize() {\nreturn true;\n}\n" : "")
                + (!retracts && calls.stream().anyMatch(AccumulatorGenerator::countsRows) ? "\npublic boolean changesWithEachRow() {\nreturn true;\n}\n" : "")
                + "\npublic void emit(" + row + ", int column)" + mayThrow + " {\n"
                + all((code, i) -> code.emit("row", i == 0 ? "column" : "column + " + i)) + "}\n"
                + "\npublic String form() {\nreturn " + JavaNames.literal(form()) + ";\n}\n"
                + "\npublic void write(" + body.imports().use(BinaryWriter.class) + " output) {\n" + all((code, i) -> code.write("output")) + "}\n"
                + "\npublic void read(" + body.imports().use(BinaryReader.class) + " input) {\n" + all((code, i) -> code.read("input")) + "}\n";
        methods = newInstance(className, accumulator) + methods;
        String fields = all((code, i) -> code.fields());
        return body.declarations(fields + methods) + fields + "\n" + methods;
    }

    private static boolean countsRows(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.COUNT && call.getArgList().isEmpty() && call.filterArg < 0;
    }

    /** Accumulators with user-defined functions have these from their prototype, where the engine may replace them. */
    private String newInstance(String className, String accumulator) {
        boolean calls = !body.functions().isEmpty();
        String prototype = UserAggregateCode.PROTOTYPE;
        return (!calls ? "" : "private final " + className + " " + prototype + ";\n\npublic " + className + "() {\n" + prototype + " = this;\n}\n\n"
                + "private " + className + "(" + className + " opened) {\n" + prototype + " = opened;\n}\n\n" + body.openMethod() + "\n"
                + "public " + body.imports().use(List.class) + "<" + body.imports().use(Schema.class) + "> functionStates() {\nreturn " + body.imports().use(Arrays.class) + ".asList(new " + body.imports().use(Schema.class) + "[] {"
                + codes.stream().map(AggregateCode::functionState).filter(Objects::nonNull).collect(Collectors.joining(", ")) + "});\n}\n\n")
                + "public " + accumulator + " newInstance() {\nreturn new " + className + "(" + (calls ? prototype : "") + ");\n}\n";
    }

    /** The calls with the types of their arguments and results: what tells whether one accumulator can read what another one wrote. */
    private String form() {
        return calls.stream().map(call -> call.getAggregation().getName() + "(" + (call.isDistinct() ? "DISTINCT " : "")
                + call.getArgList().stream().map(column -> Types.toDataType(inputType.getFieldList().get(column).getType()).toString())
                        .collect(Collectors.joining(", ")) + ") " + Types.toDataType(call.getType()))
                .collect(Collectors.joining(", ", retracts ? "with retraction " : "", ""));
    }

    private String all(BiFunction<AggregateCode, Integer, String> part) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < codes.size(); i++) {
            text.append(part.apply(codes.get(i), i));
        }
        return text.toString();
    }

    private int[] arguments(int i) {
        return calls.get(i).getArgList().stream().mapToInt(Integer::intValue).toArray();
    }

    private String filtered(int i, String statements) {
        int filter = calls.get(i).filterArg;
        return filter < 0 || codes.get(i).filters() ? statements : "if (" + isTrue("row", filter) + ") {\n" + statements + "}\n";
    }

    /** The Java of whether a column of a row is TRUE. */
    static String isTrue(String row, int column) {
        return "!" + row + ".isNullAt(" + column + ") && " + row + ".getBoolean(" + column + ")";
    }
}
