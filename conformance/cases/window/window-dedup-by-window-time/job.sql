-- the last row of each window and key: of equal times the one that came last
CREATE TABLE s (id INT, dev STRING, v INT, ts TIMESTAMP(3), n ROW<t TIMESTAMP(3), x INT>, pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '15' SECOND)
WITH ('connector'='filesystem','path'='input/s.json','format'='json','scan.watermark.emit.strategy'='on-event');
SELECT id, dev, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, dev ORDER BY window_time DESC) AS rn FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE))) WHERE rn = 1;
