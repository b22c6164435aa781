-- SUM of every numeric type: integers wrap around, a DECIMAL that has too many digits is NULL until the next value.
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
SELECT k, SUM(ti) a, SUM(si) b, SUM(i) c, SUM(b) d, SUM(f) e, SUM(d) g, SUM(dc) h, SUM(dc2) j
FROM t
GROUP BY k
