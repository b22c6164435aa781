-- Averages and peaks of each device over ten seconds, every two seconds.
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
FROM TABLE(HOP(TABLE readings, DESCRIPTOR(event_time), INTERVAL '2' SECONDS, INTERVAL '10' SECONDS))
GROUP BY window_start, window_end, device;
