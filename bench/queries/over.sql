-- Each reading beside what its device showed in the ten seconds before.
CREATE TABLE readings (
  device STRING,
  ts BIGINT,
  temperature DOUBLE,
  humidity INT,
  status STRING,
  event_time AS TO_TIMESTAMP_LTZ(ts, 3),
  WATERMARK FOR event_time AS event_time - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'readings.json', 'format' = 'json');

CREATE TABLE trends (device STRING, ts BIGINT, temperature DOUBLE, average DOUBLE, readings BIGINT)
WITH ('connector' = 'blackhole');

INSERT INTO trends
SELECT device, ts, temperature, AVG(temperature) OVER last_seconds, COUNT(*) OVER last_seconds
FROM readings
WINDOW last_seconds AS (PARTITION BY device ORDER BY event_time RANGE BETWEEN INTERVAL '10' SECONDS PRECEDING AND CURRENT ROW);
