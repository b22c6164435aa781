package creek.core.connector;

/** When a source passes on a watermark that a row has raised. */
public enum WatermarkEmission {
    /** Right after that row. */
    ON_EVENT,
    /** Now and then: after each bounded piece of reading. Costs less where operators do much on each watermark. */
    ON_PERIODIC
}
