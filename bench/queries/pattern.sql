-- Three rising temperatures of a device, then a drop.
CREATE TABLE readings (
  device STRING,
  ts BIGINT,
  temperature DOUBLE,
  humidity INT,
  status STRING,
  event_time AS TO_TIMESTAMP_LTZ(ts, 3),
  WATERMARK FOR event_time AS event_time - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'readings.json', 'format' = 'json');

CREATE TABLE peaks (device STRING, first_ts BIGINT, peak DOUBLE, last_ts BIGINT)
WITH ('connector' = 'blackhole');

INSERT INTO peaks
SELECT device, first_ts, peak, last_ts
FROM readings
MATCH_RECOGNIZE (
  PARTITION BY device
  ORDER BY event_time
  MEASURES a.ts AS first_ts, c.temperature AS peak, d.ts AS last_ts
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (a b c d) WITHIN INTERVAL '1' MINUTE
  DEFINE
    b AS b.temperature > a.temperature,
    c AS c.temperature > b.temperature,
    d AS d.temperature < c.temperature
);
