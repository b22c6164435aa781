-- GROUP BY TUMBLE that emits with each row, early and late
SET 'table.exec.emit.late-fire.enabled'='true';
SET 'table.exec.emit.early-fire.enabled'='true';
SET 'table.exec.emit.late-fire.delay'='0 ms';
SET 'table.exec.emit.early-fire.delay'='0 ms';
SET 'table.exec.emit.allow-lateness'='10 min';
CREATE TABLE s (id INT, dev STRING, v INT, ts TIMESTAMP(3), n ROW<t TIMESTAMP(3), x INT>, pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '15' SECOND)
WITH ('connector'='filesystem','path'='input/s.json','format'='json','scan.watermark.emit.strategy'='on-event');
SELECT dev, TUMBLE_START(ts, INTERVAL '1' MINUTE), COUNT(*), SUM(v) FROM s GROUP BY dev, TUMBLE(ts, INTERVAL '1' MINUTE);
