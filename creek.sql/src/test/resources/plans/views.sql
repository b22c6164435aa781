CREATE TABLE readings (device STRING NOT NULL, ts TIMESTAMP(3), temperature DOUBLE, humidity INT, amount DECIMAL(10, 2), status STRING, pos ROW<lat DOUBLE, lon DOUBLE>, path STRING METADATA FROM 'file.path' VIRTUAL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
WITH ('connector' = 'filesystem', 'path' = 'readings.json', 'format' = 'json');
CREATE VIEW v (d, h) AS SELECT device, humidity FROM readings WHERE humidity > 3;
WITH w AS (SELECT d, h + 1 AS h1 FROM v) SELECT d FROM (SELECT * FROM w WHERE h1 < 9) t;
