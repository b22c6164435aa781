CREATE TABLE readings (device STRING NOT NULL, ts TIMESTAMP(3), temperature DOUBLE, humidity INT, amount DECIMAL(10, 2), status STRING, pos ROW<lat DOUBLE, lon DOUBLE>, path STRING METADATA FROM 'file.path' VIRTUAL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
WITH ('connector' = 'filesystem', 'path' = 'readings.json', 'format' = 'json');
SELECT window_end, COUNT(*) AS n FROM TABLE(CUMULATE(TABLE readings, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '1' HOUR)) GROUP BY window_start, window_end;
