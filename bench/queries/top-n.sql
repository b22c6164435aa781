-- The ten hottest readings of each device, with their places.
CREATE TABLE readings (device STRING, ts BIGINT, temperature DOUBLE, humidity INT, status STRING)
WITH ('connector' = 'filesystem', 'path' = 'readings.json', 'format' = 'json');

CREATE TABLE hottest (device STRING, ts BIGINT, temperature DOUBLE, place BIGINT)
WITH ('connector' = 'blackhole');

INSERT INTO hottest
SELECT device, ts, temperature, place
FROM (SELECT device, ts, temperature, ROW_NUMBER() OVER (PARTITION BY device ORDER BY temperature DESC) AS place FROM readings)
WHERE place <= 10;
