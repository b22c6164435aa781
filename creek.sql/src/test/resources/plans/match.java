package creek.job.match;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.DataType;
import creek.core.data.Row;
import creek.core.data.Schema;
import creek.core.function.TemporalTexts;
import creek.core.function.TextCasts;
import creek.core.job.JobDefinition;
import creek.core.job.Stream;
import creek.core.job.TableSink;
import creek.core.job.TableSource;
import creek.core.job.Topology;
import creek.core.operator.Accumulator;
import creek.core.operator.Calc;
import creek.core.operator.CalcOperator;
import creek.core.operator.KeySelector;
import creek.core.operator.MatchAggregates;
import creek.core.operator.MatchExpressions;
import creek.core.operator.MatchOperator;
import creek.core.operator.MatchedRows;
import creek.core.operator.OperatorContext;
import creek.core.operator.RowPattern;
import creek.core.operator.RowPattern.Skip;
import creek.core.operator.SortKey;
import creek.core.operator.WatermarkGenerator;

/** The job match. */
public final class Job implements JobDefinition {
    private static final Schema READINGS = Schema.empty()
            .with("device", DataType.string())
            .with("temperature", DataType.doublePrecision())
            .with("unused", DataType.string())
            .with("event_time", DataType.timestamp(3));
    private static final Schema MATCH_COLUMNS = Schema.empty()
            .with("device", DataType.string())
            .with("temperature", DataType.doublePrecision())
            .with("event_time", DataType.timestamp(3));
    private static final Schema KEYS = Schema.empty()
            .with("device", DataType.string());
    private static final Schema RESULT = Schema.empty()
            .with("device", DataType.string())
            .with("began", DataType.string())
            .with("peak", DataType.string())
            .with("warmth", DataType.string());

    public void define(Topology topology) {
        Stream readings = topology.source("source-81f4f47311", new TableSource("readings", READINGS)
                .option("connector", "filesystem")
                .option("path", "readings.json")
                .option("format", "json")
                .read("device")
                .read("temperature")
                .read("event_time")
                .watermark(new ReadingsWatermark1()));
        Stream match = readings.then("match-6ccbbea861", new MatchOperator(MATCH_COLUMNS, new KeySelector(new int[] {0}, KEYS), 2, new SortKey(MATCH_COLUMNS).by(1, false, false),
                new RowPattern()
                .then("UP", 3, RowPattern.UNBOUNDED, false)
                .then("DOWN")
                .skip(Skip.TO_LAST, "DOWN")
                .within(3600000L),
                new Pattern1(),
                new MatchAggregates[] {new MatchAggregates(0, null, 0, new Aggregates1(), 1)},
                new MatchAggregates[] {new MatchAggregates(0, new Arguments1(), 1, new Aggregates2(), 2)}, 4));
        Stream calc = match.then("calc-09ed21ad22", new CalcOperator(new Calc1(), 4));
        calc.sink("sink-4590a064bb", new TableSink("result", RESULT)
                .option("connector", "print"));
    }

    /** event_time: event_time - INTERVAL '5' SECOND */
    public static final class ReadingsWatermark1 implements WatermarkGenerator {
        public void open(OperatorContext context) {
        }

        public long watermark(Row row) throws Exception {
            boolean event_timeIsNull = row.isNullAt(2);
            long event_time = row.getLong(2);
            if (event_timeIsNull) {
                throw new IllegalArgumentException("the time attribute event_time of a row is NULL; every row of a table with a watermark needs a time");
            }
            return event_timeIsNull ? NONE : (event_time - 5000L);
        }
    }

    /** Match PARTITION BY device ORDER BY event_time, temperature DESC MEASURES FIRST(UP.event_time, 0) AS began, UP.... */
    public static final class Pattern1 extends MatchExpressions {
        public void open(OperatorContext context) {
        }

        public boolean define(int variable, Row row, MatchedRows matched) throws Exception {
            switch (variable) {
                case 0:
                        return defineUP(row, matched);
                case 1:
                        return defineDOWN(row, matched);
                default:
                        return true;
            }
        }

        private boolean defineUP(Row row, MatchedRows matched) throws Exception {
            Row lastUPOffset1 = matched.last(0, 1);
            Row aggregates = matched.aggregates(0);
            boolean temperatureIsNull = lastUPOffset1.isNullAt(1);
            double temperature = lastUPOffset1.getDouble(1);
            boolean temperatureIsNull2 = row.isNullAt(1);
            double temperature2 = row.getDouble(1);
            long COUNT = aggregates.getLong(0);
            return ((temperatureIsNull || (!(temperatureIsNull2 || temperatureIsNull) && (temperature2 > temperature))) && (COUNT < 100));
        }

        private boolean defineDOWN(Row row, MatchedRows matched) throws Exception {
            Row lastUP = matched.last(0, 0);
            boolean temperatureIsNull3 = row.isNullAt(1);
            double temperature3 = row.getDouble(1);
            boolean temperatureIsNull4 = lastUP.isNullAt(1);
            double temperature4 = lastUP.getDouble(1);
            return (!(temperatureIsNull3 || temperatureIsNull4) && (temperature3 < temperature4));
        }

        public void measure(MatchedRows matched, Row out) throws Exception {
            Row firstUP = matched.first(0, 0);
            Row lastUP2 = matched.last(0, 0);
            Row aggregates2 = matched.aggregates(0);
            Row firstRow = matched.first(MatchedRows.ANY, 0);
            out.setFrom(0, firstRow, 0);
            boolean event_timeIsNull = firstUP.isNullAt(2);
            long event_time = firstUP.getLong(2);
            if (event_timeIsNull) {
                out.setNull(1);
            } else {
                out.setLong(1, event_time);
            }
            boolean temperatureIsNull5 = lastUP2.isNullAt(1);
            double temperature5 = lastUP2.getDouble(1);
            if (temperatureIsNull5) {
                out.setNull(2);
            } else {
                out.setDouble(2, temperature5);
            }
            boolean SUMIsNull = aggregates2.isNullAt(0);
            double SUM = aggregates2.getDouble(0);
            long COUNT2 = aggregates2.getLong(1);
            if (SUMIsNull) {
                out.setNull(3);
            } else {
                out.setDouble(3, (SUM / ((double) COUNT2)));
            }
        }
    }

    /** aggregates over the rows of UP */
    public static final class Aggregates1 extends Accumulator {
        private long count0;

        public Accumulator newInstance() {
            return new Aggregates1();
        }

        public boolean reset() {
            count0 = 0;
            return true;
        }

        public void accumulate(Row row) {
            if (!row.isNullAt(1)) {
                count0++;
            }
        }

        public void merge(Accumulator other) {
            Aggregates1 mine = (Aggregates1) other;
            count0 += mine.count0;
        }

        public boolean isFixedSize() {
            return true;
        }

        public void emit(Row row, int column) {
            row.setLong(column, count0);
        }

        public String form() {
            return "COUNT(DOUBLE) BIGINT NOT NULL";
        }

        public void write(BinaryWriter output) {
            output.writeLong(count0);
        }

        public void read(BinaryReader input) {
            count0 = input.readLong();
        }
    }

    /** aggregates over the rows of UP */
    public static final class Aggregates2 extends Accumulator {
        private double sum0 = 0;
        private long added0;
        private long count1;

        public Accumulator newInstance() {
            return new Aggregates2();
        }

        public boolean reset() {
            sum0 = 0;
            added0 = 0;
            count1 = 0;
            return true;
        }

        public void accumulate(Row row) {
            if (!row.isNullAt(0)) {
                sum0 += row.getDouble(0);
                added0++;
            }
            if (!row.isNullAt(0)) {
                count1++;
            }
        }

        public void merge(Accumulator other) {
            Aggregates2 mine = (Aggregates2) other;
            sum0 += mine.sum0;
            added0 += mine.added0;
            count1 += mine.count1;
        }

        public boolean isFixedSize() {
            return true;
        }

        public void emit(Row row, int column) {
            if (added0 == 0) {
                row.setNull(column);
            } else {
                row.setDouble(column, sum0);
            }
            row.setLong(column + 1, count1);
        }

        public String form() {
            return "SUM(DOUBLE) DOUBLE, COUNT(DOUBLE) BIGINT NOT NULL";
        }

        public void write(BinaryWriter output) {
            output.writeDouble(sum0);
            output.writeLong(added0);
            output.writeLong(count1);
        }

        public void read(BinaryReader input) {
            sum0 = input.readDouble();
            added0 = input.readLong();
            count1 = input.readLong();
        }
    }

    /** what is aggregated over the rows of UP */
    public static final class Arguments1 implements Calc {
        public void open(OperatorContext context) {
        }

        public boolean project(Row in, Row out) throws Exception {
            boolean temperatureIsNull = in.isNullAt(1);
            double temperature = in.getDouble(1);
            if (temperatureIsNull) {
                out.setNull(0);
            } else {
                out.setDouble(0, (temperature * ((double) 2)));
            }
            return true;
        }
    }

    /** Calc device, CAST(began AS STRING) AS began, CAST(peak AS STRING) AS peak, CAST(warmth AS STRING) AS warmth */
    public static final class Calc1 implements Calc {
        public void open(OperatorContext context) {
        }

        public boolean project(Row in, Row out) throws Exception {
            out.setUtf8From(0, in, 0);
            boolean beganIsNull = in.isNullAt(1);
            long began = in.getLong(1);
            if (beganIsNull) {
                out.setNull(1);
            } else {
                out.setUtf8(1, TemporalTexts.timestamp(began, 3));
            }
            boolean peakIsNull = in.isNullAt(2);
            double peak = in.getDouble(2);
            if (peakIsNull) {
                out.setNull(2);
            } else {
                out.setUtf8(2, TextCasts.toText(peak));
            }
            boolean warmthIsNull = in.isNullAt(3);
            double warmth = in.getDouble(3);
            if (warmthIsNull) {
                out.setNull(3);
            } else {
                out.setUtf8(3, TextCasts.toText(warmth));
            }
            return true;
        }
    }
}
