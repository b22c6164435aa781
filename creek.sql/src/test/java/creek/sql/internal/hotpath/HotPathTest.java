package creek.sql.internal.hotpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import creek.sql.internal.hotpath.MeasuredRun.Work;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a record costs, in what can be counted exactly: bytes that the job's thread allocates, readings of the clock, turns of the loop, look-ups in
 * the state store, columns that are decoded. A change that makes one of them grow fails here, however fast the machine is.
 */
class HotPathTest {
    private static final int RECORDS = 40_000;
    /** The loop asks once a turn, of a thousand records or rows; where a record gives more rows, there are more turns. */
    private static final double MOST_CLOCK_READS = 8;
    private static final double MOST_READS = 3;
    /** Positions, watermarks, sinks and the catalogue. */
    private static final int ENGINE_ENTRIES = 50;
    private static final String FIELDS = "device STRING, ts BIGINT, temperature DOUBLE, humidity INT, status STRING";
    private static final String TIME = ", t AS TO_TIMESTAMP_LTZ(ts, 3), WATERMARK FOR t AS t - INTERVAL '1' SECOND";
    private static final String READINGS = "readings (" + FIELDS + TIME + ") WITH ('connector' = 'memory', 'format' = 'json')";
    private static final String OTHERS = "others (" + FIELDS + TIME + ") WITH ('connector' = 'memory', 'format' = 'json')";

    @TempDir
    Path folder;

    /** Name, most bytes a record, columns decoded, query. Rows that are kept and texts that functions make take some bytes. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            filter        | 1   | 4  | SELECT device, ts, temperature * 1.8 + 32 FROM readings WHERE temperature > 34 AND status <> 'ok'
            tumble        | 1   | 3  | SELECT window_start, device, COUNT(*), AVG(temperature), MAX(temperature) FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(t), INTERVAL '10' SECONDS)) GROUP BY window_start, window_end, device
            hop           | 1   | 3  | SELECT window_start, device, COUNT(*), AVG(temperature) FROM TABLE(HOP(TABLE readings, DESCRIPTOR(t), INTERVAL '1' SECONDS, INTERVAL '10' SECONDS)) GROUP BY window_start, window_end, device
            cumulate      | 1   | 3  | SELECT window_start, device, COUNT(*), AVG(temperature) FROM TABLE(CUMULATE(TABLE readings, DESCRIPTOR(t), INTERVAL '1' SECONDS, INTERVAL '10' SECONDS)) GROUP BY window_start, window_end, device
            session       | 1   | 2  | SELECT window_start, device, COUNT(*) FROM TABLE(SESSION(TABLE readings PARTITION BY device, DESCRIPTOR(t), INTERVAL '2' SECONDS)) GROUP BY window_start, window_end, device
            over range    | 20  | 3  | SELECT device, AVG(temperature) OVER (PARTITION BY device ORDER BY t RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND CURRENT ROW) FROM readings
            over rows     | 1   | 3  | SELECT device, SUM(temperature) OVER (PARTITION BY device ORDER BY t ROWS BETWEEN 10 PRECEDING AND CURRENT ROW) FROM readings
            group by      | 3   | 3  | SELECT device, COUNT(*), SUM(humidity) FROM readings GROUP BY device
            top n         | 2   | 3  | SELECT device, temperature, ts FROM (SELECT device, temperature, ts, ROW_NUMBER() OVER (PARTITION BY device ORDER BY temperature DESC) AS n FROM readings) WHERE n <= 3
            last row      | 50  | 3  | SELECT device, temperature, t FROM (SELECT device, temperature, t, ROW_NUMBER() OVER (PARTITION BY device ORDER BY t DESC) AS n FROM readings) WHERE n = 1
            join          | 350 | 6  | SELECT a.device, a.temperature, b.humidity FROM readings a JOIN others b ON a.device = b.device AND a.ts = b.ts
            interval join | 150 | 6  | SELECT a.device, a.temperature, b.humidity FROM readings a JOIN others b ON a.device = b.device AND a.t BETWEEN b.t - INTERVAL '1' SECOND AND b.t
            functions     | 110 | 3  | SELECT UPPER(device), SUBSTRING(device, 5), CHAR_LENGTH(status) FROM readings WHERE device LIKE 'dev-1%'
            """)
    void aRecordAllocatesNoMoreThan(String name, double bytes, int columns, String query) throws Exception {
        check(name, run(READINGS, Records::json, query), bytes, columns);
    }

    @Test
    void csvAllocatesNothing() throws Exception {
        check("csv", run(READINGS.replace("'json'", "'csv'"), Records::csv, "SELECT device, ts, temperature, humidity FROM readings"), 1, 4);
    }

    @Test
    void ofSixtyFieldsThoseThatAreUsedAreDecoded() throws Exception {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < 57; i++) {
            columns.append("f").append(i).append(i % 3 == 0 ? " STRING, " : " DOUBLE, ");
        }
        check("wide JSON", run("readings (" + columns + "device STRING, ts BIGINT, temperature DOUBLE) WITH ('connector' = 'memory', 'format' = 'json')",
                Records::wide, "SELECT device, ts, temperature FROM readings WHERE temperature > 21"), 1, 3);
    }

    @Test
    void ofNestedObjectsTheFieldsThatAreUsedAreDecoded() throws Exception {
        check("deep JSON", run("readings (head ROW<id STRING, `at` ROW<ts BIGINT, zone STRING>>, body ROW<`values` ROW<temperature DOUBLE, humidity INT>>) "
                + "WITH ('connector' = 'memory', 'format' = 'json')", Records::deep,
                "SELECT head.id, head.`at`.ts, body.`values`.temperature FROM readings"), 1, 3);
    }

    /** Nothing is made of the other elements, and no array or map of those that are used. */
    @Test
    void ofArraysAndMapsTheElementsThatAreUsedAreDecoded() throws Exception {
        check("elements of JSON", run("readings (body ROW<samples ARRAY<DOUBLE>>, tags MAP<STRING, STRING>) WITH ('connector' = 'memory', 'format' = 'json')",
                Records::tagged, "SELECT body.samples[2], tags['device'] FROM readings WHERE body.samples[1] > 3"), 1, 3);
    }

    /** Decimals that are only passed on are no objects. */
    @ParameterizedTest
    @ValueSource(strings = {"json", "csv"})
    void decimalsAndTimestampsAllocateNothing(String format) throws Exception {
        check(format + " with decimals and timestamps", run("readings (device STRING, `at` TIMESTAMP(3), price DECIMAL(10, 2)) WITH ('connector' = 'memory', 'format' = '"
                + format + "')", format.equals("json") ? Records::precise : Records::preciseCsv, "SELECT device, `at`, price FROM readings"), 1, 3);
    }

    @Test
    void checkpointsWriteWhatChangedAndStateInMemoryIsNotReadBack() throws Exception {
        Work work = new MeasuredRun(Map.of("readings", Records.json(RECORDS)), folder).run("SET 'execution.checkpointing.interval' = '10 ms';\n"
                + "SET 'state.backend.type' = 'counting';\n" + tables(READINGS)
                + "SELECT device, COUNT(*), SUM(humidity) FROM readings GROUP BY device");
        assertEquals(0, work.storeReads(), "look-ups in the state store, although all state is in memory");
        assertTrue(work.checkpoints() > 0, "no checkpoint was taken");
        long most = work.checkpoints() * (Records.DEVICES + ENGINE_ENTRIES) + ENGINE_ENTRIES;
        assertTrue(work.entries() <= most, () -> work.checkpoints() + " checkpoints wrote " + work.entries() + " entries, more than the " + most
                + " that can have changed");
    }

    private static void check(String name, Work work, double bytes, int columns) {
        assertTrue(work.bytes() <= bytes, () -> String.format(
                "%s: the job's thread allocates %.2f bytes a record, more than %.2f: look for objects that are made for each row or group (a flight recording of"
                        + " bench/run says where), or raise the bound with a reason", name, work.bytes(), bytes));
        assertTrue(work.clockReads() <= MOST_CLOCK_READS, () -> String.format(
                "%s: the clock is read %.1f times for 1,000 records, more than %.1f: once a turn is enough", name, work.clockReads(), MOST_CLOCK_READS));
        assertTrue(work.reads() <= MOST_READS, () -> String.format(
                "%s: 1,000 records take %.1f turns of the loop, more than %.1f", name, work.reads(), MOST_READS));
        assertEquals(columns, work.wantedColumns(), name + ": columns that formats are asked to decode");
        assertTrue(work.rows() > 0, name + ": no row came out, so that the figures say nothing");
    }

    private Work run(String table, IntFunction<Records> records, String query) throws Exception {
        Map<String, Records> tables = query.contains(" others ")
                ? Map.of("readings", records.apply(RECORDS), "others", records.apply(RECORDS)) : Map.of("readings", records.apply(RECORDS));
        return new MeasuredRun(tables, folder).run(tables(table) + query);
    }

    /** CTAS gives the sink the columns of the query. */
    private static String tables(String table) {
        return "CREATE TABLE " + table + ";\nCREATE TABLE " + OTHERS + ";\nCREATE TABLE results WITH ('connector' = 'blackhole') AS ";
    }
}
