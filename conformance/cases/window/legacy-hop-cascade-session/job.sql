-- Legacy GROUP BY SESSION by HOP_ROWTIME
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

SELECT x.kk, COUNT(*), SUM(x.c)
FROM (SELECT k AS kk, COUNT(*) AS c, HOP_ROWTIME(ts, INTERVAL '10' SECOND, INTERVAL '20' SECOND) AS w
FROM r GROUP BY k, HOP(ts, INTERVAL '10' SECOND, INTERVAL '20' SECOND)) x
GROUP BY x.kk, SESSION(x.w, INTERVAL '15' SECOND);
