-- Legacy GROUP BY TUMBLE over a SELECT DISTINCT
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

SELECT d.k, COUNT(*)
FROM (SELECT DISTINCT k, ts FROM r) d
GROUP BY d.k, TUMBLE(d.ts, INTERVAL '1' MINUTE);
