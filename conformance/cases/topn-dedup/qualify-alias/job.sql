-- QUALIFY with the name of a column of the SELECT
CREATE TABLE b (id INT, k STRING, w INT) WITH ('connector' = 'filesystem', 'path' = 'input/b2.json', 'format' = 'json');
SELECT k, w, ROW_NUMBER() OVER (PARTITION BY k ORDER BY w DESC) AS rn FROM b QUALIFY rn <= 2;
