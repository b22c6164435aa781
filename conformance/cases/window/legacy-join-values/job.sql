-- Legacy GROUP BY TUMBLE behind a join with constant rows
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

SELECT s.k, COUNT(*)
FROM r s JOIN (VALUES ('a', 1), ('b', 2)) AS v(k, n) ON s.k = v.k
GROUP BY s.k, TUMBLE(s.ts, INTERVAL '1' MINUTE);
