-- LIKE with an option that the other table has
CREATE TABLE s (id INT) WITH ('connector' = 'filesystem', 'path' = 'input/a.json', 'format' = 'json');
CREATE TABLE t WITH ('path' = 'input/b.json') LIKE s (INCLUDING OPTIONS);
SELECT id FROM t;
