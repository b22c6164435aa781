-- A RANGE of months has no fixed length.
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
SELECT id, SUM(i) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '1' MONTH PRECEDING AND CURRENT ROW) a
FROM t
