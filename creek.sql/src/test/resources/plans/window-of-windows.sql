CREATE TABLE a (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'filesystem', 'path' = 'a.json', 'format' = 'json');
CREATE TABLE b (k INT, w INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'filesystem', 'path' = 'b.json', 'format' = 'json');
CREATE TABLE single (x INT) WITH ('connector' = 'print');
CREATE TABLE pair (x INT, y BIGINT) WITH ('connector' = 'print');
EXECUTE STATEMENT SET BEGIN
INSERT INTO pair SELECT MAX(k), MAX(n) FROM (SELECT k, window_start, window_end, COUNT(*) AS n
  FROM TABLE(HOP(TABLE a, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end)
  GROUP BY window_start, window_end;
INSERT INTO pair SELECT MAX(k), MAX(n) FROM (SELECT k, window_start, window_end, COUNT(*) AS n
  FROM TABLE(SESSION(TABLE a PARTITION BY k, DESCRIPTOR(ts), INTERVAL '5' SECOND)) GROUP BY k, window_start, window_end)
  GROUP BY window_start, window_end;
END;
