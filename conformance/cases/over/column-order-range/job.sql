-- In the order of a column that is no time, a row updates those that are equal to it and those behind it
CREATE TABLE readings (
  k STRING,
  v INT,
  o INT
) WITH (
  'connector' = 'filesystem',
  'path' = 'input/s.json',
  'format' = 'json'
);

SELECT k, v, o, SUM(v) OVER w AS s, COUNT(*) OVER w AS c, MAX(v) OVER w AS m FROM readings
WINDOW w AS (PARTITION BY k ORDER BY o);
