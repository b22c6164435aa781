-- Legacy GROUP BY HOP over an interval join, its keys qualified
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
CREATE TABLE l (
  id INT,
  k STRING,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'filesystem',
  'path' = 'input/l.json',
  'format' = 'json',
  'scan.watermark.emit.strategy' = 'on-event'
);

SELECT a.k, COUNT(*) AS c, HOP_START(a.ts, INTERVAL '30' SECOND, INTERVAL '1' MINUTE)
FROM r AS a, l AS b
WHERE a.k = b.k AND a.ts BETWEEN b.ts - INTERVAL '20' SECOND AND b.ts
GROUP BY a.k, HOP(a.ts, INTERVAL '30' SECOND, INTERVAL '1' MINUTE);
