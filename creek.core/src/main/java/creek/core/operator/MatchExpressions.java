package creek.core.operator;

import creek.core.data.Row;

/** DEFINE and MEASURES of a MATCH_RECOGNIZE, as the planner generates them. */
public abstract class MatchExpressions {
    /** Called once before the first row. */
    public void open(OperatorContext context) throws Exception {
    }

    /** Whether a row meets the condition of a variable, given by its place; one without a condition is met by all. */
    public abstract boolean define(int variable, Row row, MatchedRows matched) throws Exception;

    /** Sets the columns of the result for a match: those of PARTITION BY and the MEASURES. */
    public abstract void measure(MatchedRows matched, Row out) throws Exception;
}
