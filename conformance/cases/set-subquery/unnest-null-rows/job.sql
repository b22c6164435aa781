-- A ROW that is NULL is no element of UNNEST
CREATE TABLE b (id INT, k STRING, w INT, xs ARRAY<INT>, rs ARRAY<ROW<p INT, q STRING>>, m MAP<STRING, INT>)
WITH ('connector' = 'filesystem', 'path' = 'input/b2.json', 'format' = 'json');
SELECT id, p, q FROM b LEFT JOIN UNNEST(rs) AS u(p, q) ON TRUE;
