-- GROUP BY HOP, the size no multiple of the slide
CREATE TABLE s (id INT, dev STRING, v INT, ts TIMESTAMP(3), n ROW<t TIMESTAMP(3), x INT>, pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '15' SECOND)
WITH ('connector'='filesystem','path'='input/s.json','format'='json','scan.watermark.emit.strategy'='on-event');
SELECT dev, HOP_START(ts, INTERVAL '25' SECOND, INTERVAL '1' MINUTE), HOP_END(ts, INTERVAL '25' SECOND, INTERVAL '1' MINUTE) as e, COUNT(*) FROM s GROUP BY dev, HOP(ts, INTERVAL '25' SECOND, INTERVAL '1' MINUTE);
