CREATE TABLE readings (device STRING NOT NULL, ts TIMESTAMP(3), temperature DOUBLE, humidity INT, amount DECIMAL(10, 2), status STRING, pos ROW<lat DOUBLE, lon DOUBLE>, path STRING METADATA FROM 'file.path' VIRTUAL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
WITH ('connector' = 'filesystem', 'path' = 'readings.json', 'format' = 'json');
SELECT TUMBLE_START(ts, INTERVAL '1' MINUTE) AS ws, device, SUM(humidity) FILTER (WHERE status = 'ok') AS s, COUNT(DISTINCT status) AS d, MIN(status) AS m, AVG(amount) AS av
FROM readings GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE), device HAVING COUNT(*) > 1;
