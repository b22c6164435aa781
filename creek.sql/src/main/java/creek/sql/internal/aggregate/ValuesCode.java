package creek.sql.internal.aggregate;

import creek.core.aggregate.ValueCounts;
import creek.core.aggregate.ValueList;
import creek.core.data.DataType;
import creek.core.data.Utf8;
import creek.sql.internal.codegen.ClassBody;
import creek.sql.internal.codegen.TypeCode;

/**
 * Aggregates that keep all values: ARRAY_AGG, LISTAGG, COLLECT, that of scalar subqueries, and MIN, MAX, FIRST_VALUE and LAST_VALUE where rows
 * are taken back.
 */
final class ValuesCode implements AggregateCode {
    /** What becomes of the values. */
    enum Result {
        ARRAY, ARRAY_WITHOUT_NULLS, JOINED, MULTISET, MIN, MAX, FIRST, LAST, SINGLE;

        private boolean isCounted() {
            return this == MULTISET || this == MIN || this == MAX;
        }
    }

    private final ClassBody body;
    private final Result result;
    private final String newValues;
    private final Class<?> kept;
    private final String values;
    /** The field of the separator, or null. */
    private final String separator;

    /** @param withSeparator whether a second argument is what stands between joined values */
    ValuesCode(ClassBody body, int number, Result result, DataType type, boolean withSeparator) {
        this.body = body;
        this.result = result;
        String typeConstant = new TypeCode(body).constant(type);
        kept = result.isCounted() ? ValueCounts.class : ValueList.class;
        newValues = result == Result.MULTISET ? body.imports().use(kept) + ".collected(" + typeConstant + ")"
                : result.isCounted() ? body.imports().use(kept) + ".sorted(" + typeConstant + ")"
                : "new " + body.imports().use(kept) + "(" + typeConstant + ")";
        values = "values" + number;
        separator = withSeparator ? "separator" + number : null;
    }

    @Override
    public String fields() {
        return "private final " + body.imports().use(kept) + " " + values + " = " + newValues + ";\n"
                + (separator == null ? "" : "private " + body.imports().use(Utf8.class) + " " + separator + ";\n");
    }

    @Override
    public String reset() {
        return values + ".clear();\n";
    }

    @Override
    public String accumulate(String row, int... arguments) {
        String keepSeparator = separator == null ? ""
                : "if (" + separator + " == null) {\n" + separator + " = " + row + ".getUtf8(" + arguments[1] + ").copy();\n}\n";
        return keepSeparator + ifWanted(row, arguments[0], values + ".add(" + row + ", " + arguments[0] + ");\n");
    }

    @Override
    public String retract(String row, int... arguments) {
        return ifWanted(row, arguments[0], values + ".remove(" + row + ", " + arguments[0] + ");\n");
    }

    /** An ARRAY holds nulls too unless they are to be ignored, and a single value can be one. */
    private String ifWanted(String row, int argument, String statements) {
        return result == Result.ARRAY || result == Result.SINGLE ? statements : CountCode.ifNotNull(row, new int[] {argument}, statements);
    }

    @Override
    public String merge(String other) {
        return values + ".addAll(" + other + "." + values + ");\n"
                + (separator == null ? "" : "if (" + separator + " == null) {\n" + separator + " = " + other + "." + separator + ";\n}\n");
    }

    @Override
    public String emit(String row, String column) {
        String target = row + ", " + column + ");\n";
        return values + switch (result) {
            case ARRAY, ARRAY_WITHOUT_NULLS -> ".emitArray(";
            case MULTISET -> ".emitMultiset(";
            case MIN -> ".emitMin(";
            case MAX -> ".emitMax(";
            case FIRST -> ".emit(0, ";
            case LAST -> ".emit(" + values + ".size() - 1, ";
            case SINGLE -> ".emitSingle(";
            case JOINED -> ".emitJoined(" + (separator != null ? separator
                    : body.constant(Utf8.class, "comma", body.imports().use(Utf8.class) + ".of(\",\")")) + ", ";
        } + target;
    }

    @Override
    public String write(String output) {
        return values + ".write(" + output + ");\n" + (separator == null ? "" : output + ".writeBoolean(" + separator + " != null);\nif ("
                + separator + " != null) {\n" + output + ".writeUtf8(" + separator + ");\n}\n");
    }

    @Override
    public String read(String input) {
        return values + ".read(" + input + ");\n" + (separator == null ? "" : separator + " = " + input + ".readBoolean() ? "
                + body.imports().use(Utf8.class) + ".of(" + input + ".readBytes()) : null;\n");
    }
}
