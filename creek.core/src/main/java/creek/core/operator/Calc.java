package creek.core.operator;

import creek.core.data.Row;

/** A filter and a projection in one, as the planner generates it. */
public interface Calc {
    /** Called once before the first row. */
    void open(OperatorContext context) throws Exception;

    /**
     * Computes the projection.
     *
     * @return false if the filter does not let the row pass; {@code out} is then undefined
     */
    boolean project(Row in, Row out) throws Exception;

    /** Told of each watermark before it goes on, for CURRENT_WATERMARK. */
    default void watermark(long watermark) {
    }
}
