SET 'table.exec.emit.early-fire.enabled' = 'true';
SET 'table.exec.emit.early-fire.delay' = '1 min';
SET 'table.exec.emit.late-fire.enabled' = 'true';
SET 'table.exec.emit.late-fire.delay' = '0 s';
SET 'table.exec.emit.allow-lateness' = '1 h';

CREATE TABLE readings (
  device STRING,
  temperature DOUBLE,
  event_time TIMESTAMP(3),
  WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'readings.json', 'format' = 'json');

SELECT UPPER(device) AS device, HOP_START(event_time, INTERVAL '7' MINUTE, INTERVAL '10' MINUTE) AS start_time, AVG(temperature) AS average
FROM readings
GROUP BY UPPER(device), HOP(event_time, INTERVAL '7' MINUTE, INTERVAL '10' MINUTE);
