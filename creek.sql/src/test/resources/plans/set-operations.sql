CREATE TABLE a (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'filesystem', 'path' = 'a.json', 'format' = 'json');
CREATE TABLE b (k INT, w INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'filesystem', 'path' = 'b.json', 'format' = 'json');
CREATE TABLE single (x INT) WITH ('connector' = 'print');
CREATE TABLE pair (x INT, y BIGINT) WITH ('connector' = 'print');
EXECUTE STATEMENT SET BEGIN
INSERT INTO single SELECT k FROM a UNION SELECT k FROM b;
INSERT INTO single SELECT k FROM a INTERSECT SELECT k FROM b;
INSERT INTO single SELECT k FROM a EXCEPT ALL SELECT k FROM b;
INSERT INTO single SELECT DISTINCT k FROM a;
END;
