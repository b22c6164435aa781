-- EXISTS with bounds on event times
CREATE TABLE a (
  k STRING, v INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('scan.watermark.emit.strategy' = 'on-event', 'connector' = 'filesystem','path' = 'input/a.json','format' = 'json');

CREATE TABLE b (
  k STRING, w BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('scan.watermark.emit.strategy' = 'on-event', 'connector' = 'filesystem','path' = 'input/b.json','format' = 'json');

SELECT a.k, v FROM a WHERE EXISTS (SELECT * FROM b WHERE b.k = a.k AND a.ts BETWEEN b.ts - INTERVAL '5' SECOND AND b.ts + INTERVAL '5' SECOND);
