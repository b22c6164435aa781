package creek.bench.function;

import creek.udf.api.ScalarFunction;

/** A vendor's function. */
public class Scale extends ScalarFunction {
    /** Twice that, or NULL. */
    public Long eval(Long number) {
        return number == null ? null : 2 * number;
    }
}
