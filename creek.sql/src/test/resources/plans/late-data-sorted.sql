CREATE TABLE readings (
  device STRING,
  kind STRING,
  temperature DOUBLE,
  event_time TIMESTAMP(3),
  WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'readings.json', 'format' = 'json');

CREATE TABLE late_readings (device STRING, temperature DOUBLE, event_time TIMESTAMP(3), lateness BIGINT)
WITH ('connector' = 'filesystem', 'path' = 'late', 'format' = 'json');

SET 'table.exec.late-data.table' = 'late_readings';

SELECT kind, temperature, event_time FROM readings ORDER BY event_time;
