-- The sums of bounded windows have the digits that adding and taking back gives them, whatever is computed beside them
CREATE TABLE s (
  id INT,
  dev STRING,
  v DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'filesystem',
  'path' = 'input/s.json',
  'format' = 'json',
  'scan.watermark.emit.strategy' = 'on-event'
);

SELECT id, MAX(v) OVER w AS a, SUM(v) OVER w AS b, MIN(v) OVER w AS c, AVG(v) OVER w AS d, LAST_VALUE(v) OVER w AS e, COUNT(*) OVER w AS f, FIRST_VALUE(v) OVER w AS g FROM s
WINDOW w AS (PARTITION BY dev ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW);
