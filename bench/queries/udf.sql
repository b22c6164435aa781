-- Windows of a value that a function of one's own computes.
CREATE FUNCTION heat_index AS 'creek.bench.HeatIndex' USING JAR 'functions.jar';

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
SELECT window_start, device, COUNT(*), AVG(heat_index(temperature, humidity)), MAX(heat_index(temperature, humidity))
FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(event_time), INTERVAL '10' SECONDS))
GROUP BY window_start, window_end, device;
