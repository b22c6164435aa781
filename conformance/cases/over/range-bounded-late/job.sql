-- A key forgets what is out some time after the window of its last row; then a row behind the watermark is taken again
CREATE TABLE s (
  id INT,
  dev STRING,
  v INT,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = 'input/s.json',
  'format' = 'json',
  'scan.watermark.emit.strategy' = 'on-event'
);

SELECT id, dev, ts, v, SUM(v) OVER w AS c, MIN(v) OVER w AS m FROM s
WINDOW w AS (PARTITION BY dev ORDER BY ts RANGE BETWEEN INTERVAL '5' SECOND PRECEDING AND CURRENT ROW);
