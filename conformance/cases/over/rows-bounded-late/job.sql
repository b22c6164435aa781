-- A row behind the watermark is taken as long as no later row of its key is out
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

SELECT id, dev, ts, v, SUM(v) OVER w AS c, MAX(v) OVER w AS m FROM s
WINDOW w AS (PARTITION BY dev ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW);
