CREATE TABLE a (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'filesystem', 'path' = 'a.json', 'format' = 'json');
CREATE TABLE b (k INT, w INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'filesystem', 'path' = 'b.json', 'format' = 'json');
CREATE TABLE single (x INT) WITH ('connector' = 'print');
CREATE TABLE pair (x INT, y BIGINT) WITH ('connector' = 'print');
EXECUTE STATEMENT SET BEGIN
INSERT INTO single SELECT a.k FROM a JOIN b ON a.k = b.k AND a.v > b.w WHERE b.w > 3;
INSERT INTO single SELECT a.k FROM a LEFT JOIN b ON a.k = b.k AND b.w > 3;
INSERT INTO single SELECT a.k FROM a JOIN b ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '20' SECOND;
END;
