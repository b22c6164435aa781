-- Legacy GROUP BY TUMBLE by TUMBLE_ROWTIME of another, all names qualified
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

SELECT TUMBLE_START(x.w, INTERVAL '1' MINUTE), COUNT(*), SUM(x.c)
FROM (SELECT s.k, TUMBLE_ROWTIME(s.ts, INTERVAL '10' SECOND) AS w, COUNT(*) AS c
FROM r s
GROUP BY s.k, TUMBLE(s.ts, INTERVAL '10' SECOND)) x
GROUP BY TUMBLE(x.w, INTERVAL '1' MINUTE);
