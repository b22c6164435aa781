package creek.sql.internal.aggregate;

import creek.core.aggregate.DistinctNumbers;
import creek.sql.internal.codegen.ClassBody;

/** An aggregate over DISTINCT values of a column of whole numbers, of which nothing is taken back: those of one column share a table. */
final class DistinctNumbersCode implements AggregateCode {
    private final ClassBody body;
    private final AggregateCode aggregate;
    private final SharedNumbers shared;
    private final int set;

    /** @param filter the column of a condition for rows, negative for all rows */
    DistinctNumbersCode(ClassBody body, AggregateCode aggregate, SharedNumbers shared, int filter) {
        this.body = body;
        this.aggregate = aggregate;
        this.shared = shared;
        set = shared.newSet(filter);
    }

    /** Statements for the table as a whole, which are the first one's. */
    private String once(String statements) {
        return set == 0 ? statements : "";
    }

    @Override
    public String functionState() {
        return aggregate.functionState();
    }

    @Override
    public String fields() {
        String type = body.imports().use(DistinctNumbers.class);
        return once("private final " + type + " " + shared.name() + " = new " + type + "(" + shared.sets() + ", " + shared.isLong() + ");\n")
                + aggregate.fields();
    }

    @Override
    public String reset() {
        return once(shared.name() + ".clear();\n") + aggregate.reset();
    }

    @Override
    public boolean filters() {
        return true;
    }

    @Override
    public String accumulate(String row, int... arguments) {
        return once(shared.add(row, arguments[0])) + "if ((" + shared.added() + " & " + (1 << set) + ") != 0) {\n" + aggregate.accumulate(row, arguments) + "}\n";
    }

    @Override
    public String retract(String row, int... arguments) {
        throw new IllegalStateException("rows are taken back");
    }

    /** Values that both have count once, so the other's values are added one by one. */
    @Override
    public String merge(String other) {
        String mine = shared.name();
        String theirs = other + "." + mine;
        return "for (int i = " + theirs + ".next(-1, " + set + "); i >= 0; i = " + theirs + ".next(i, " + set + ")) {\nif (" + mine + ".addFrom(" + theirs
                + ", i, " + set + ")) {\n" + aggregate.accumulate(mine + ".value()", 0) + "}\n}\n";
    }

    @Override
    public String emit(String row, String column) {
        return aggregate.emit(row, column);
    }

    @Override
    public String write(String output) {
        return shared.name() + ".write(" + output + ", " + set + ");\n" + aggregate.write(output);
    }

    @Override
    public String read(String input) {
        return once(shared.name() + ".clear();\n") + shared.name() + ".read(" + input + ", " + set + ");\n" + aggregate.read(input);
    }
}
