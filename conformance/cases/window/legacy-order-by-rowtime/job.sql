-- ORDER BY TUMBLE_ROWTIME of a legacy GROUP BY TUMBLE
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

SELECT k, TUMBLE_START(ts, INTERVAL '1' MINUTE) AS w, COUNT(*)
FROM r
GROUP BY k, TUMBLE(ts, INTERVAL '1' MINUTE) ORDER BY TUMBLE_ROWTIME(ts, INTERVAL '1' MINUTE);
