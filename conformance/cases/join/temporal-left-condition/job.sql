-- further conditions of a temporal join
CREATE TABLE rates (
  cur STRING, rate DOUBLE, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND, PRIMARY KEY (cur) NOT ENFORCED
) WITH ('scan.watermark.emit.strategy' = 'on-event', 'connector' = 'filesystem','path' = 'input/rates.json','format' = 'json');

CREATE TABLE orders (
  id INT, cur STRING, amt INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH ('scan.watermark.emit.strategy' = 'on-event', 'connector' = 'filesystem','path' = 'input/orders.json','format' = 'json');

SELECT o.id, r.rate FROM orders AS o LEFT JOIN rates FOR SYSTEM_TIME AS OF o.ts AS r ON o.cur = r.cur AND r.rate > 1.15 AND o.amt < 50;
