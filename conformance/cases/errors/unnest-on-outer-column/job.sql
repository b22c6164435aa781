-- A condition of UNNEST's own on a column of the row
CREATE TABLE b (id INT, k STRING, w INT, xs ARRAY<INT>, rs ARRAY<ROW<p INT, q STRING>>, m MAP<STRING, INT>)
WITH ('connector' = 'filesystem', 'path' = 'input/b2.json', 'format' = 'json');
SELECT id, e FROM b JOIN UNNEST(xs) AS u(e) ON e = id;
