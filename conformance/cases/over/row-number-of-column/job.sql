-- ROW_NUMBER in the order of a column that is no time, and without a condition
CREATE TABLE readings (
  k STRING,
  v INT,
  o INT
) WITH (
  'connector' = 'filesystem',
  'path' = 'input/s.json',
  'format' = 'json'
);

SELECT k, v, o, ROW_NUMBER() OVER (PARTITION BY k ORDER BY o) AS n FROM readings;
