-- Legacy GROUP BY HOP gives rows to LISTAGG and ARRAY_AGG as they come
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

SELECT ARRAY_AGG(id), LISTAGG(CAST(id AS STRING))
FROM r
GROUP BY k, HOP(ts, INTERVAL '30' SECOND, INTERVAL '1' MINUTE);
