CREATE FUNCTION geohash AS 'com.example.functions.Geohash' USING JAR 'target/com.example.functions-1.0.0.jar';
CREATE FUNCTION convert_unit AS 'com.example.functions.ConvertUnit' USING JAR 'target/com.example.functions-1.0.0.jar';
CREATE FUNCTION percentile_sketch AS 'com.example.functions.PercentileSketch' USING JAR 'target/com.example.functions-1.0.0.jar';
CREATE FUNCTION readings AS 'com.example.functions.Readings' USING JAR 'target/com.example.functions-1.0.0.jar';

SELECT geohash(latitude, longitude, 4) AS place, COUNT(*) AS readings, ROUND(percentile_sketch(convert_unit(reading, 'F', 'C'), 50.0E0), 0) AS median
FROM (VALUES
    (57.64911, 10.40744, 'temperature=68;humidity=40'),
    (57.64910, 10.40743, 'temperature=70;noise'),
    (57.64912, 10.40745, 'temperature=72')) AS t (latitude, longitude, texts),
LATERAL TABLE(readings(texts)) AS r (name, reading)
WHERE name = 'temperature'
GROUP BY geohash(latitude, longitude, 4);
