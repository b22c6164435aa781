package com.example.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import creek.udf.api.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Functions are plain classes, so they are tested as such; the collector of a table function is a list. */
class FunctionsTest {
    @Test
    void geohash() {
        assertEquals("u4pruydqq", new Geohash().eval(57.64911, 10.40744));
        assertEquals("u4p", new Geohash().eval(57.64911, 10.40744, 3));
        assertNull(new Geohash().eval(null, 10d));
        assertThrows(IllegalArgumentException.class, () -> new Geohash().eval(1d, 1d, 13));
    }

    @Test
    void units() {
        assertEquals(100, new ConvertUnit().eval(212d, "F", "C"), 1e-9);
        assertEquals(36, new ConvertUnit().eval(10d, "m/s", "km/h"), 1e-9);
        assertNull(new ConvertUnit().eval(10d, "m", "C"));
    }

    @Test
    void percentiles_ofPartsMerged_asOfTheWhole() {
        PercentileSketch sketch = new PercentileSketch();
        List<PercentileSketch.Buckets> parts = new ArrayList<>();
        for (int part = 0; part < 4; part++) {
            PercentileSketch.Buckets buckets = sketch.createAccumulator();
            for (int i = 1; i <= 1000; i++) {
                sketch.accumulate(buckets, part * 1000d + i, 95d);
            }
            parts.add(buckets);
        }
        PercentileSketch.Buckets all = sketch.createAccumulator();
        sketch.merge(all, parts);
        assertEquals(3800, sketch.getValue(all), 38);
        for (int i = 3001; i <= 4000; i++) {
            sketch.retract(all, (double) i, 95d);
        }
        assertEquals(2850, sketch.getValue(all), 29);
    }

    @Test
    void readings() {
        List<Row> rows = new ArrayList<>();
        Readings readings = new Readings();
        readings.setCollector(rows::add);
        readings.eval("temperature=21.5; noise ;humidity=40");
        assertEquals(List.of(Row.of("temperature", 21.5), Row.of("humidity", 40d)), rows);
    }
}
