-- LIKE with a computed column declared anew
CREATE TABLE s (id INT, b AS id + 1) WITH ('connector' = 'filesystem', 'path' = 'input/a.json', 'format' = 'json');
CREATE TABLE t (b AS id + 2) LIKE s (OVERWRITING GENERATED);
SELECT id, b FROM t;
