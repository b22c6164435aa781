-- The first rows of each key, written with LATERAL
CREATE TABLE b (id INT, k STRING, w INT) WITH ('connector' = 'filesystem', 'path' = 'input/b2.json', 'format' = 'json');
SELECT s.k, l.id, l.w FROM (SELECT DISTINCT k FROM b) AS s, LATERAL (SELECT id, w FROM b WHERE b.k = s.k ORDER BY w DESC LIMIT 2) AS l;
