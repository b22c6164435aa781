-- QUALIFY with a running sum
CREATE TABLE a (id INT, k STRING, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
WITH ('connector' = 'filesystem', 'path' = 'input/a.json', 'format' = 'json');
SELECT k, v, SUM(v) OVER (PARTITION BY k ORDER BY ts) AS s FROM a QUALIFY s > 15;
