package creek.job.filter;

import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.data.Utf8;
import creek.core.function.Decimals;
import creek.core.job.JobDefinition;
import creek.core.job.Stream;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.job.Topology;
import creek.core.operator.Calc;
import creek.core.operator.CalcOperator;
import creek.core.operator.OperatorContext;
import java.math.BigDecimal;

/** The job filter. */
public final class Job implements JobDefinition {
    private static final Schema READINGS = Schema.empty()
            .with("device", DataType.string())
            .with("ts", DataType.bigint())
            .with("temperature", DataType.doublePrecision())
            .with("humidity", DataType.integer())
            .with("status", DataType.string());
    private static final Schema HOT = Schema.empty()
            .with("device", DataType.string())
            .with("ts", DataType.bigint())
            .with("fahrenheit", DataType.doublePrecision());

    public void define(Topology topology) {
        Stream readings = topology.source("source-81f4f47311", new TableSource("readings", READINGS)
                .option("connector", "filesystem")
                .option("path", "readings.json")
                .option("format", "json")
                .read("device")
                .read("ts")
                .read("temperature")
                .read("status"));
        Stream calc = readings.then("calc-2e711372f4", new CalcOperator(new Calc1(), 3));
        calc.sink("sink-ad68d8ec0f", new TableSink("hot", HOT)
                .option("connector", "filesystem")
                .option("path", "hot")
                .option("format", "json"));
    }

    /** Calc device, ts, (temperature * 1.8:DECIMAL(2, 1)) + 32 AS fahrenheit WHERE (temperature > 34) AND (status <> ... */
    public static final class Calc1 implements Calc {
        private static final Utf8 TEXT_OK = Utf8.of("ok");

        public void open(OperatorContext context) {
        }

        public boolean project(Row in, Row out) throws Exception {
            boolean temperatureIsNull = in.isNullAt(2);
            double temperature = in.getDouble(2);
            boolean statusIsNull = in.isNullAt(3);
            Utf8 status = in.getUtf8(3);
            if (!(((!temperatureIsNull && (temperature > 34)) && (!statusIsNull && !status.equals(TEXT_OK))))) {
                return false;
            }
            out.setUtf8From(0, in, 0);
            out.setValueFrom(1, in, 1);
            if (temperatureIsNull) {
                out.setNull(2);
            } else {
                out.setDouble(2, ((temperature * 1.8d) + ((double) 32)));
            }
            return true;
        }
    }
}
