-- an interval join of a TIMESTAMP and a TIMESTAMP_LTZ
CREATE TABLE a (
  k STRING, v INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('scan.watermark.emit.strategy' = 'on-event', 'connector' = 'filesystem','path' = 'input/a.json','format' = 'json');

CREATE TABLE ltz (
  k STRING, n BIGINT, t AS TO_TIMESTAMP_LTZ(n, 3),
  WATERMARK FOR t AS t
) WITH ('scan.watermark.emit.strategy' = 'on-event', 'connector' = 'filesystem','path' = 'input/ltz.json','format' = 'json');

SELECT l.k, l.n, a.v FROM ltz AS l JOIN a ON l.k = a.k AND l.t BETWEEN a.ts - INTERVAL '4' SECOND AND a.ts;
