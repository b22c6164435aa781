-- HOP over the last row of each key
CREATE TABLE s (id INT, dev STRING, v INT, ts TIMESTAMP(3), n ROW<t TIMESTAMP(3), x INT>, pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '15' SECOND)
WITH ('connector'='filesystem','path'='input/s.json','format'='json','scan.watermark.emit.strategy'='on-event');
WITH d AS (SELECT id, dev, v, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY dev ORDER BY ts DESC) rn FROM s) WHERE rn = 1) SELECT dev, window_start, window_end, COUNT(*), SUM(v), MAX(v) FROM TABLE(HOP(TABLE d, DESCRIPTOR(ts), INTERVAL '30' SECOND, INTERVAL '1' MINUTE)) GROUP BY dev, window_start, window_end;
