-- A scalar subquery with a subquery inside
CREATE TABLE b (id INT, k STRING, w INT) WITH ('connector' = 'filesystem', 'path' = 'input/b2.json', 'format' = 'json');
SELECT id FROM b AS o WHERE w > (SELECT AVG(w) FROM b AS i WHERE i.k = o.k AND EXISTS (SELECT 1 FROM b AS j WHERE j.id = i.id AND j.w > 60));
