-- In the order of a column that is no time, a row updates those behind it
CREATE TABLE readings (
  k STRING,
  v INT,
  o INT
) WITH (
  'connector' = 'filesystem',
  'path' = 'input/s.json',
  'format' = 'json'
);

SELECT k, v, o, SUM(v) OVER w AS s, AVG(v) OVER w AS a FROM readings
WINDOW w AS (PARTITION BY k ORDER BY o NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW);
