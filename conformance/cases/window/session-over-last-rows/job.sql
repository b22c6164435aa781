-- SESSION without aggregation gives the changes of its input
CREATE TABLE s (id INT, dev STRING, v INT, ts TIMESTAMP(3), n ROW<t TIMESTAMP(3), x INT>, pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '15' SECOND)
WITH ('connector'='filesystem','path'='input/s.json','format'='json','scan.watermark.emit.strategy'='on-event');
WITH d AS (SELECT id, dev, v, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY dev ORDER BY ts DESC) rn FROM s) WHERE rn = 1) SELECT * FROM TABLE(SESSION(TABLE d PARTITION BY dev, DESCRIPTOR(ts), INTERVAL '20' SECOND));
