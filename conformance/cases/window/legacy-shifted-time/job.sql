-- Legacy GROUP BY TUMBLE by the event time and some seconds
CREATE TABLE r (
  id INT,
  k STRING,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'filesystem',
  'path' = 'input/r.json',
  'format' = 'json',
  'scan.watermark.emit.strategy' = 'on-event'
);

SELECT COUNT(*), SUM(id), TUMBLE_START(ts + INTERVAL '45' SECOND, INTERVAL '1' MINUTE)
FROM r
GROUP BY TUMBLE(ts + INTERVAL '45' SECOND, INTERVAL '1' MINUTE);
