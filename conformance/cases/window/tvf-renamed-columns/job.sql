-- A window function whose columns are renamed, the time column too
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

SELECT a, ws, COUNT(*) FROM TABLE(TUMBLE((SELECT id, k, ts FROM r), DESCRIPTOR(ts), INTERVAL '1' MINUTE)) AS t(i, a, t, ws, we, wt) GROUP BY a, ws, we;
