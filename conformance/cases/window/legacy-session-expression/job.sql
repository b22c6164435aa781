-- GROUP BY SESSION and an expression
CREATE TABLE s (id INT, dev STRING, v INT, ts TIMESTAMP(3), n ROW<t TIMESTAMP(3), x INT>, pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '15' SECOND)
WITH ('connector'='filesystem','path'='input/s.json','format'='json','scan.watermark.emit.strategy'='on-event');
SELECT UPPER(dev), SESSION_START(ts, INTERVAL '20' SECOND), COUNT(*) FROM s GROUP BY UPPER(dev), SESSION(ts, INTERVAL '20' SECOND);
