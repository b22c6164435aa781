-- A temporary table hides another of its name
CREATE TABLE t (id INT, k STRING) WITH ('connector' = 'filesystem', 'path' = 'input/a.json', 'format' = 'json');
CREATE TEMPORARY TABLE t (v INT) WITH ('connector' = 'filesystem', 'path' = 'input/a.json', 'format' = 'json');
SELECT v FROM t;
