-- Legacy GROUP BY TUMBLE over a WITH, TUMBLE_START in the HAVING
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

WITH x AS (SELECT k, ts AS tt FROM r) SELECT x.k, COUNT(*) FROM x
GROUP BY x.k, TUMBLE(x.tt, INTERVAL '1' MINUTE) HAVING COUNT(*) > 1 AND TUMBLE_START(x.tt, INTERVAL '1' MINUTE) > TIMESTAMP '2024-03-01 08:01:00';
