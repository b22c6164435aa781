package creek.sql.internal.aggregate;

/** RANK and DENSE_RANK over rows that come in order of their argument, a time in milliseconds. */
final class RankCode implements AggregateCode {
    private final boolean dense;
    private final String rank;
    private final String rows;
    private final String time;

    RankCode(int number, boolean dense) {
        this.dense = dense;
        rank = "rank" + number;
        rows = "rows" + number;
        time = "time" + number;
    }

    @Override
    public boolean isFixedSize() {
        return true;
    }

    @Override
    public String fields() {
        return "private long " + rank + ";\nprivate long " + rows + ";\nprivate long " + time + ";\n";
    }

    @Override
    public String reset() {
        return rank + " = 0;\n" + rows + " = 0;\n";
    }

    @Override
    public String accumulate(String row, int... arguments) {
        String value = row + ".getLong(" + arguments[0] + ")";
        return rows + "++;\nif (" + rows + " == 1 || " + time + " != " + value + ") {\n" + rank + (dense ? "++" : " = " + rows) + ";\n" + time
                + " = " + value + ";\n}\n";
    }

    @Override
    public String retract(String row, int... arguments) {
        throw new IllegalStateException("ranks can't take rows back");
    }

    /** Only of an accumulator of later rows. */
    @Override
    public String merge(String other) {
        return rank + " = " + other + "." + rank + (dense ? " + " + rank : " + " + rows) + ";\n" + rows + " += " + other + "." + rows + ";\n" + time
                + " = " + other + "." + time + ";\n";
    }

    @Override
    public String emit(String row, String column) {
        return row + ".setLong(" + column + ", " + rank + ");\n";
    }

    @Override
    public String write(String output) {
        return output + ".writeLong(" + rank + ");\n" + output + ".writeLong(" + rows + ");\n" + output + ".writeLong(" + time + ");\n";
    }

    @Override
    public String read(String input) {
        return rank + " = " + input + ".readLong();\n" + rows + " = " + input + ".readLong();\n" + time + " = " + input + ".readLong();\n";
    }
}
