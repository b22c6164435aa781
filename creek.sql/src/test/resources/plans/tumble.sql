CREATE TABLE readings (
  device STRING,
  ts TIMESTAMP(3),
  temperature DOUBLE,
  humidity INT,
  status STRING,
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'readings.json', 'format' = 'json');

CREATE TABLE per_device (
  window_start TIMESTAMP(3),
  device STRING,
  readings BIGINT,
  average DOUBLE,
  peak DOUBLE
) WITH ('connector' = 'filesystem', 'path' = 'per_device', 'format' = 'json');

INSERT INTO per_device
SELECT window_start, device, COUNT(*), AVG(temperature), MAX(temperature)
FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(ts), INTERVAL '10' SECONDS))
GROUP BY window_start, window_end, device;
