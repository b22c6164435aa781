-- OFFSET without LIMIT
CREATE TABLE b (id INT, k STRING, w INT) WITH ('connector' = 'filesystem', 'path' = 'input/b2.json', 'format' = 'json');
SELECT id FROM b OFFSET 1;
