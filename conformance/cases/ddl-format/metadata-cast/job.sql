-- Metadata is cast to the type of its column
CREATE TABLE t (id INT, p INT METADATA FROM 'file.size' VIRTUAL) WITH ('connector' = 'filesystem', 'path' = 'input/a.json', 'format' = 'json');
SELECT id, p FROM t;
