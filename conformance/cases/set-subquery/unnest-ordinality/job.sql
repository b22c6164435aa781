-- Elements of arrays with their numbers
CREATE TABLE b (id INT, k STRING, w INT, xs ARRAY<INT>, rs ARRAY<ROW<p INT, q STRING>>, m MAP<STRING, INT>)
WITH ('connector' = 'filesystem', 'path' = 'input/b2.json', 'format' = 'json');
SELECT id, e, o FROM b CROSS JOIN UNNEST(xs) WITH ORDINALITY AS u(e, o);
