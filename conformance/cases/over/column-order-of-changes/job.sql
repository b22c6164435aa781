-- Rows in the order of a column that is no time are taken back
CREATE TABLE readings (
  k STRING,
  v INT,
  o INT
) WITH (
  'connector' = 'filesystem',
  'path' = 'input/s.json',
  'format' = 'json'
);

SELECT k, s, SUM(s) OVER (ORDER BY s) AS c, COUNT(s) OVER (ORDER BY s) AS n FROM (SELECT k, SUM(v) AS s FROM readings GROUP BY k);
