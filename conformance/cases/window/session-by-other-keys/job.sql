-- SESSION grouped by another column than it is partitioned by is an ordinary GROUP BY
CREATE TABLE s (id INT, dev STRING, v INT, ts TIMESTAMP(3), n ROW<t TIMESTAMP(3), x INT>, pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '15' SECOND)
WITH ('connector'='filesystem','path'='input/s.json','format'='json','scan.watermark.emit.strategy'='on-event');
SELECT v, window_start, window_end, COUNT(*) FROM TABLE(SESSION(TABLE s PARTITION BY dev, DESCRIPTOR(ts), INTERVAL '20' SECOND)) GROUP BY v, window_start, window_end;
