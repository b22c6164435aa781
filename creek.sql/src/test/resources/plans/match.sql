CREATE TABLE readings (
  device STRING,
  temperature DOUBLE,
  unused STRING,
  event_time TIMESTAMP(3),
  WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'readings.json', 'format' = 'json');

SELECT device, began, peak, warmth
FROM readings MATCH_RECOGNIZE (
  PARTITION BY device
  ORDER BY event_time, temperature DESC
  MEASURES FIRST(UP.event_time) AS began, LAST(UP.temperature) AS peak, AVG(UP.temperature * 2) AS warmth
  ONE ROW PER MATCH
  AFTER MATCH SKIP TO DOWN
  PATTERN (UP{3,} DOWN) WITHIN INTERVAL '1' HOUR
  DEFINE
    UP AS (LAST(UP.temperature, 1) IS NULL OR UP.temperature > LAST(UP.temperature, 1)) AND COUNT(UP.temperature) < 100,
    DOWN AS DOWN.temperature < LAST(UP.temperature)
);
