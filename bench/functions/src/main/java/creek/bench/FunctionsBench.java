package creek.bench;

import creek.core.data.Utf8;
import creek.core.function.DatePattern;
import creek.core.function.Decimals;
import creek.core.function.Hashes;
import creek.core.function.JsonDocument;
import creek.core.function.JsonFunctions;
import creek.core.function.JsonPath;
import creek.core.function.NumberCasts;
import creek.core.function.RegexPattern;
import creek.core.function.Regexps;
import creek.core.function.TemporalFunctions;
import creek.core.function.TextCasts;
import creek.core.function.UrlFunctions;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The ten functions that cost most per row, called as generated code calls them: what is constant in a query is made ready before. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FunctionsBench {
    private final Utf8 document = Utf8.of("{\"device\": \"boiler-17\", \"at\": 1709214359123, \"values\": [{\"name\": \"flow\", \"value\": 21.5}, "
            + "{\"name\": \"return\", \"value\": 18.25}], \"ok\": true}");
    private final JsonDocument json = new JsonDocument();
    private final JsonPath scalar = JsonPath.compile(Utf8.of("$.values[1].value"));
    private final JsonPath array = JsonPath.compile(Utf8.of("$.values"));
    private final Utf8 line = Utf8.of("2024-02-29 13:45:59 WARN boiler-17 pressure=1.8 limit=1.5");
    private final RegexPattern regex = RegexPattern.compile(Utf8.of("pressure=([0-9.]+)"));
    private final Utf8 replacement = Utf8.of("pressure=?");
    private final Utf8 url = Utf8.of("http://gateway.local:8080/devices/17?from=2024-02-29&unit=bar#now");
    private final Utf8 query = Utf8.of("QUERY");
    private final Utf8 key = Utf8.of("unit");
    private final Utf8 time = Utf8.of("2024-02-29 13:45:59");
    private final DatePattern pattern = DatePattern.compile(Utf8.of("yyyy-MM-dd HH:mm"));
    private final ZoneId zone = ZoneId.of("Europe/Berlin");
    private final Utf8 number = Utf8.of("12345.6789");
    private final BigDecimal divisor = new BigDecimal("3.14159");
    private long millis = 1_709_214_359_123L;
    private double reading = 21.537;

    @Benchmark
    public Object jsonValue() {
        return JsonFunctions.text(json.read(document), scalar);
    }

    @Benchmark
    public Object jsonQuery() {
        return JsonFunctions.query(json.read(document), array, false, false);
    }

    @Benchmark
    public Object regexpExtract() {
        return Regexps.extract(line, regex, 1);
    }

    @Benchmark
    public Object regexpReplace() {
        return Regexps.replace(line, regex, replacement);
    }

    @Benchmark
    public Object parseUrl() {
        return UrlFunctions.parse(url, query, key);
    }

    @Benchmark
    public Object sha256() {
        return Hashes.sha256(line);
    }

    @Benchmark
    public Object dateFormat() {
        return TemporalFunctions.dateFormat(millis += 1000, pattern);
    }

    @Benchmark
    public long unixTimestamp() {
        return TemporalFunctions.unixTimestamp(time, zone);
    }

    @Benchmark
    public Object stringToDecimalDivided() {
        return Decimals.divide(NumberCasts.toDecimal(number, 18, 4), divisor, 38, 18);
    }

    @Benchmark
    public Object doubleToString() {
        return TextCasts.toText(reading += 0.001);
    }
}
