package creek.bench.function;

import creek.udf.api.ScalarFunction;

/** What the built-in ABS does. */
public class Absolute extends ScalarFunction {
    /** The number without its sign, or NULL. */
    public Long eval(Long number) {
        return number == null ? null : Long.valueOf(Math.abs(number));
    }
}
