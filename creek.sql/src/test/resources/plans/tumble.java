package creek.job.tumble;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.function.Comparisons;
import creek.core.job.JobDefinition;
import creek.core.job.Stream;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.job.Topology;
import creek.core.operator.Accumulator;
import creek.core.operator.Calc;
import creek.core.operator.CalcOperator;
import creek.core.operator.KeySelector;
import creek.core.operator.OperatorContext;
import creek.core.operator.TumblingWindows;
import creek.core.operator.WatermarkGenerator;
import creek.core.operator.WindowAggregateOperator;

/** The job tumble. */
public final class Job implements JobDefinition {
    private static final Schema READINGS = Schema.empty()
            .with("device", DataType.string())
            .with("ts", DataType.timestamp(3))
            .with("temperature", DataType.doublePrecision())
            .with("humidity", DataType.integer())
            .with("status", DataType.string());
    private static final Schema KEYS = Schema.empty()
            .with("device", DataType.string());
    private static final Schema PER_DEVICE = Schema.empty()
            .with("window_start", DataType.timestamp(3))
            .with("device", DataType.string())
            .with("readings", DataType.bigint())
            .with("average", DataType.doublePrecision())
            .with("peak", DataType.doublePrecision());

    public void define(Topology topology) {
        Stream readings = topology.source("source-81f4f47311", new TableSource("readings", READINGS)
                .option("connector", "filesystem")
                .option("path", "readings.json")
                .option("format", "json")
                .read("device")
                .read("ts")
                .read("temperature")
                .watermark(new ReadingsWatermark1()));
        Stream windowed = readings.then("windowed-7c679d83da", new WindowAggregateOperator(
                new TumblingWindows(1, null, 10000L, 0L),
                new KeySelector(new int[] {0}, KEYS),
                new Aggregates1(), 3));
        Stream calc = windowed.then("calc-fddf13aa14", new CalcOperator(new Calc1(), 5));
        calc.sink("sink-16b4b8d84e", new TableSink("per_device", PER_DEVICE)
                .option("connector", "filesystem")
                .option("path", "per_device")
                .option("format", "json"));
    }

    /** ts: ts - INTERVAL '1' SECOND */
    public static final class ReadingsWatermark1 implements WatermarkGenerator {
        public void open(OperatorContext context) {
        }

        public long watermark(Row row) throws Exception {
            boolean tsIsNull = row.isNullAt(1);
            long ts = row.getLong(1);
            if (tsIsNull) {
                throw new IllegalArgumentException("the time attribute ts of a row is NULL; every row of a table with a watermark needs a time");
            }
            return tsIsNull ? NONE : (ts - 1000L);
        }
    }

    /** WindowAggregate TUMBLE(ts, 10000 ms) by device: COUNT(*) AS EXPR$2, AVG(temperature) AS EXPR$3, MAX(temperatur... */
    public static final class Aggregates1 extends Accumulator {
        private long count0;
        private double sum1 = 0;
        private long added1;
        private double value2;
        private boolean present2;

        public Accumulator newInstance() {
            return new Aggregates1();
        }

        public boolean reset() {
            count0 = 0;
            sum1 = 0;
            added1 = 0;
            present2 = false;
            return true;
        }

        public void accumulate(Row row) {
            count0++;
            if (!row.isNullAt(2)) {
                sum1 += row.getDouble(2);
                added1++;
            }
            if (!row.isNullAt(2)) {
                double nextvalue2 = row.getDouble(2);
                if (present2) {
                    value2 = Comparisons.greater(value2, nextvalue2);
                } else {
                    value2 = nextvalue2;
                    present2 = true;
                }
            }
        }

        public void merge(Accumulator other) {
            Aggregates1 mine = (Aggregates1) other;
            count0 += mine.count0;
            sum1 += mine.sum1;
            added1 += mine.added1;
            if (mine.present2) {
                if (present2) {
                    value2 = Comparisons.greater(value2, mine.value2);
                } else {
                    value2 = mine.value2;
                    present2 = true;
                }
            }
        }

        public boolean isFixedSize() {
            return true;
        }

        public boolean changesWithEachRow() {
            return true;
        }

        public void emit(Row row, int column) {
            row.setLong(column, count0);
            if (added1 == 0) {
                row.setNull(column + 1);
            } else {
                row.setDouble(column + 1, (sum1 / added1));
            }
            if (present2) {
                row.setDouble(column + 2, value2);
            } else {
                row.setNull(column + 2);
            }
        }

        public String form() {
            return "COUNT() BIGINT NOT NULL, AVG(DOUBLE) DOUBLE, MAX(DOUBLE) DOUBLE";
        }

        public void write(BinaryWriter output) {
            output.writeLong(count0);
            output.writeDouble(sum1);
            output.writeLong(added1);
            output.writeBoolean(present2);
            if (present2) {
                output.writeDouble(value2);
            }
        }

        public void read(BinaryReader input) {
            count0 = input.readLong();
            sum1 = input.readDouble();
            added1 = input.readLong();
            present2 = input.readBoolean();
            if (present2) {
                value2 = input.readDouble();
            }
        }
    }

    /** Calc window_start, device, EXPR$2 AS readings, EXPR$3 AS average, EXPR$4 AS peak */
    public static final class Calc1 implements Calc {
        public void open(OperatorContext context) {
        }

        public boolean project(Row in, Row out) throws Exception {
            out.setValueFrom(0, in, 4);
            out.setUtf8From(1, in, 0);
            out.setValueFrom(2, in, 1);
            out.setValueFrom(3, in, 2);
            out.setValueFrom(4, in, 3);
            return true;
        }
    }
}
