-- windows that come together from two aggregations, aggregated once more
CREATE TABLE c (id INT, dev STRING, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '15' SECOND, PRIMARY KEY (id) NOT ENFORCED)
WITH ('connector'='filesystem','path'='input/c.json','format'='debezium-json','scan.watermark.emit.strategy'='on-event');
CREATE TABLE s (id INT, dev STRING, v INT, ts TIMESTAMP(3), n ROW<t TIMESTAMP(3), x INT>, pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '15' SECOND)
WITH ('connector'='filesystem','path'='input/s.json','format'='json','scan.watermark.emit.strategy'='on-event');
SELECT window_start, window_end, SUM(c) FROM (SELECT window_start, window_end, COUNT(*) c FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end UNION ALL SELECT window_start, window_end, COUNT(DISTINCT dev) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end) GROUP BY window_start, window_end;
