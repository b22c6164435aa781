package creek.sql.internal.codegen;

/** Code of functions that only MATCH_RECOGNIZE knows. */
public final class MatchCode {
    /** The variable that stands for the rows of the match, in methods with such expressions. */
    public static final String MATCHED = "matched";

    public static final FunctionCode ROWTIME = (compiler, call, type) -> Expression.notNull(MATCHED + ".time()", type);

    private MatchCode() {
    }
}
