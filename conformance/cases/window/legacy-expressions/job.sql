-- TUMBLE_START and TUMBLE_END within expressions
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

SELECT t.k, COUNT(*), TUMBLE_START(t.tt, INTERVAL '1' MINUTE) + INTERVAL '5' SECOND, CAST(TUMBLE_END(t.tt, INTERVAL '1' MINUTE) AS STRING), CASE WHEN TUMBLE_START(t.tt, INTERVAL '1' MINUTE) > TIMESTAMP '2024-03-01 08:02:00' THEN 'a' ELSE 'b' END
FROM (SELECT k, ts AS tt
FROM r WHERE id > 202) AS t
GROUP BY t.k, TUMBLE(t.tt, INTERVAL '1' MINUTE);
