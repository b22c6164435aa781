-- a window over a change log
CREATE TABLE c (id INT, dev STRING, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '15' SECOND, PRIMARY KEY (id) NOT ENFORCED)
WITH ('connector'='filesystem','path'='input/c.json','format'='debezium-json','scan.watermark.emit.strategy'='on-event');
SELECT window_start, dev, COUNT(*), SUM(v), MAX(v), AVG(v) FROM TABLE(TUMBLE(TABLE c, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, dev;
