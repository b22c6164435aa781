-- GROUP BY TUMBLE of a column named window_time
CREATE TABLE c (id INT, dev STRING, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '15' SECOND, PRIMARY KEY (id) NOT ENFORCED)
WITH ('connector'='filesystem','path'='input/c.json','format'='debezium-json','scan.watermark.emit.strategy'='on-event');
CREATE TABLE s (id INT, dev STRING, v INT, ts TIMESTAMP(3), n ROW<t TIMESTAMP(3), x INT>, pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '15' SECOND)
WITH ('connector'='filesystem','path'='input/s.json','format'='json','scan.watermark.emit.strategy'='on-event');
SELECT TUMBLE_START(window_time, INTERVAL '2' MINUTE), SUM(c) FROM (SELECT window_time, COUNT(*) c FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, window_time) GROUP BY TUMBLE(window_time, INTERVAL '2' MINUTE);
