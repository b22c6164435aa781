package creek.core.operator;

import creek.core.data.Row;

/** The expression of a WATERMARK clause, as the planner generates it. */
public interface WatermarkGenerator {
    /** The value of a row without a watermark: its expression is null. */
    long NONE = Long.MIN_VALUE;

    /** Called once before the first row. */
    void open(OperatorContext context) throws Exception;

    /** The watermark that this row raises its split's to, in epoch milliseconds, if it is higher; or {@link #NONE}. */
    long watermark(Row row) throws Exception;
}
