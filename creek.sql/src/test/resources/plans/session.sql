CREATE TABLE readings (
  device STRING,
  kind STRING,
  temperature DOUBLE,
  event_time TIMESTAMP(3),
  WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'readings.json', 'format' = 'json');

-- sessions that are aggregated, joined with the rows that they are made of
SELECT s.device, s.n, h.window_start
FROM (SELECT window_start, window_end, device, COUNT(*) AS n
      FROM TABLE(SESSION(TABLE readings PARTITION BY device, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, device) s
JOIN (SELECT * FROM TABLE(SESSION(TABLE readings PARTITION BY device, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))) h
ON s.device = h.device AND s.window_start = h.window_start AND s.window_end = h.window_end;
