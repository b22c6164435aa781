-- a temporal join with versions from a change log, one of which is deleted
CREATE TABLE orders (
  id INT, cur STRING, amt INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH ('scan.watermark.emit.strategy' = 'on-event', 'connector' = 'filesystem','path' = 'input/orders.json','format' = 'json');

CREATE TABLE clts (
  cur STRING, rate DOUBLE, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts, PRIMARY KEY (cur) NOT ENFORCED
) WITH ('scan.watermark.emit.strategy' = 'on-event', 'connector' = 'filesystem','path' = 'input/clts.json','format'='debezium-json');

SELECT o.id, r.rate FROM orders AS o LEFT JOIN clts FOR SYSTEM_TIME AS OF o.ts AS r ON o.cur = r.cur WHERE o.id <> 6;
