-- FIRST_VALUE and LAST_VALUE of nested values over TUMBLE windows.
CREATE TABLE t (k STRING,
  id INT,
  ti TINYINT,
  si SMALLINT,
  i INT,
  b BIGINT,
  f FLOAT,
  d DOUBLE,
  dc DECIMAL(10,2),
  dc2 DECIMAL(38,18),
  s STRING,
  bo BOOLEAN,
  ts TIMESTAMP(3),
  dt DATE,
  tm TIME(0),
  arr ARRAY<INT>,
  m MAP<STRING,INT>,
  r ROW<u INT,
  w STRING>,
  pt AS PROCTIME(), WATERMARK FOR ts AS ts) WITH ('connector'='filesystem','path'='input/all.json','format'='json');
SELECT window_start ws, FIRST_VALUE(arr) a, LAST_VALUE(m) b, LAST_VALUE(r) c
FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY window_start, window_end
