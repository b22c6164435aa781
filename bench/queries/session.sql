-- Averages and peaks of each device from one second of silence to the next.
CREATE TABLE readings (
  device STRING,
  ts BIGINT,
  temperature DOUBLE,
  humidity INT,
  status STRING,
  event_time AS TO_TIMESTAMP_LTZ(ts, 3),
  WATERMARK FOR event_time AS event_time - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'readings.json', 'format' = 'json');

CREATE TABLE per_device (window_start TIMESTAMP(3), device STRING, readings BIGINT, average DOUBLE, peak DOUBLE)
WITH ('connector' = 'blackhole');

INSERT INTO per_device
SELECT window_start, device, COUNT(*), AVG(temperature), MAX(temperature)
FROM TABLE(SESSION(TABLE readings PARTITION BY device, DESCRIPTOR(event_time), INTERVAL '1' SECOND))
GROUP BY window_start, window_end, device;
