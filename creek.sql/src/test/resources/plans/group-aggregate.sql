CREATE TABLE a (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'filesystem', 'path' = 'a.json', 'format' = 'json');
CREATE TABLE b (k INT, w INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'filesystem', 'path' = 'b.json', 'format' = 'json');
CREATE TABLE single (x INT) WITH ('connector' = 'print');
CREATE TABLE pair (x INT, y BIGINT) WITH ('connector' = 'print');
EXECUTE STATEMENT SET BEGIN
INSERT INTO pair SELECT k, COUNT(DISTINCT v) FROM a GROUP BY k;
INSERT INTO pair SELECT MAX(x), SUM(n) FROM (SELECT k AS x, COUNT(*) AS n FROM a GROUP BY k);
INSERT INTO pair SELECT k, COUNT(*) FROM a GROUP BY ROLLUP (k);
END;
