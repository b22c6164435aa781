-- Legacy GROUP BY TUMBLE over a table whose columns are renamed
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

SELECT s.a, COUNT(*), TUMBLE_START(s.c, INTERVAL '1' MINUTE)
FROM r AS s(b, a, c)
GROUP BY s.a, TUMBLE(s.c, INTERVAL '1' MINUTE);
