-- QUALIFY with ROW_NUMBER and another condition
CREATE TABLE a (id INT, k STRING, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
WITH ('connector' = 'filesystem', 'path' = 'input/a.json', 'format' = 'json');
SELECT k, v FROM a WHERE id < 10 QUALIFY ROW_NUMBER() OVER (PARTITION BY k ORDER BY v DESC, id) <= 2 AND v > 5;
