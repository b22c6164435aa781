-- the first row of each window and key, then sums by window
CREATE TABLE s (id INT, dev STRING, v INT, ts TIMESTAMP(3), n ROW<t TIMESTAMP(3), x INT>, pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '15' SECOND)
WITH ('connector'='filesystem','path'='input/s.json','format'='json','scan.watermark.emit.strategy'='on-event');
WITH w AS (SELECT window_start, window_end, window_time, dev, v FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE))), t AS (SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, dev ORDER BY v DESC) rn FROM w) WHERE rn <= 1) SELECT window_start, COUNT(*), SUM(v) FROM t GROUP BY window_start, window_end;
