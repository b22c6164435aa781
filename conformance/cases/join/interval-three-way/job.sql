-- an interval join of an interval join keeps the time attributes
CREATE TABLE a (
  k STRING, v INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('scan.watermark.emit.strategy' = 'on-event', 'connector' = 'filesystem','path' = 'input/a.json','format' = 'json');

CREATE TABLE b (
  k STRING, w BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('scan.watermark.emit.strategy' = 'on-event', 'connector' = 'filesystem','path' = 'input/b.json','format' = 'json');

SELECT x.k, x.v, y.w, z.v AS zv FROM a AS x JOIN b AS y ON x.k = y.k AND x.ts BETWEEN y.ts - INTERVAL '5' SECOND AND y.ts + INTERVAL '5' SECOND JOIN a AS z ON z.k = x.k AND z.ts BETWEEN x.ts - INTERVAL '20' SECOND AND x.ts + INTERVAL '20' SECOND;
