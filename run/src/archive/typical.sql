-- What a short command typically loads; run once to make the archive of shared classes.
CREATE TABLE readings (device STRING, ts TIMESTAMP(3), temperature DOUBLE, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
WITH ('connector' = 'filesystem', 'path' = 'typical.json', 'format' = 'json');

SELECT ts, UPPER(device) AS device, temperature * 2 AS doubled
FROM readings
WHERE temperature > 10;
