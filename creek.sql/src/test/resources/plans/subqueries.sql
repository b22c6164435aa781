CREATE TABLE a (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'filesystem', 'path' = 'a.json', 'format' = 'json');
CREATE TABLE b (k INT, w INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'filesystem', 'path' = 'b.json', 'format' = 'json');
CREATE TABLE single (x INT) WITH ('connector' = 'print');
CREATE TABLE pair (x INT, y BIGINT) WITH ('connector' = 'print');
EXECUTE STATEMENT SET BEGIN
INSERT INTO single SELECT k FROM a WHERE k IN (SELECT k FROM b WHERE b.w > a.v) AND v > 1;
INSERT INTO single SELECT k FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.k = a.k) OR v > 1;
INSERT INTO single SELECT (SELECT MAX(w) FROM b WHERE b.k = a.k) FROM a;
END;
