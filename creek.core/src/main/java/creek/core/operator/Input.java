package creek.core.operator;

import creek.core.data.Row;

/** Where rows and watermarks go: an operator's input, or a sink. On the job's thread only. */
public interface Input {
    /** Takes a row, which is valid during the call only. */
    void process(Row row) throws Exception;

    /**
     * Takes a watermark: no row with an event time at or before it is still to come, late ones aside. Never goes back; {@link Long#MAX_VALUE}
     * is the end of the input.
     */
    void watermark(long watermark) throws Exception;

    /** Whether watermarks make a difference to it or to anybody behind it. Asked when whoever is before it opens; rows come in any case. */
    default boolean heedsWatermarks() {
        return true;
    }

    /** Says that the input has fallen silent, so that those who wait for several inputs wait for it no longer; it ends with the next watermark. */
    default void idle() throws Exception {
    }
}
