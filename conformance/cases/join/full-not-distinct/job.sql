-- keys by IS NOT DISTINCT FROM: NULL equals NULL
CREATE TABLE a (
  k STRING, v INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('scan.watermark.emit.strategy' = 'on-event', 'connector' = 'filesystem','path' = 'input/a.json','format' = 'json');

CREATE TABLE b (
  k STRING, w BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('scan.watermark.emit.strategy' = 'on-event', 'connector' = 'filesystem','path' = 'input/b.json','format' = 'json');

SELECT a.k, v, b.k, w FROM a FULL JOIN b ON a.k IS NOT DISTINCT FROM b.k;
