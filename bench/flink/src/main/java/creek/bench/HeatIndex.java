package creek.bench;

import org.apache.flink.table.functions.ScalarFunction;

/** HEAT_INDEX(temperature, humidity): a function of one's own to measure with; that of Creek's side is the same. */
public class HeatIndex extends ScalarFunction {
    public Double eval(Double temperature, Integer humidity) {
        return temperature == null || humidity == null ? null : temperature + 0.33 * humidity * Math.exp(0.01 * temperature) - 4;
    }
}
