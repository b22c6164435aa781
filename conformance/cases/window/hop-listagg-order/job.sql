-- LISTAGG and ARRAY_AGG over HOP windows have the values of the newest slice first.
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
SELECT window_start ws, COUNT(*) c, LISTAGG(s) l, LISTAGG(CAST(id AS STRING), '-') li, ARRAY_AGG(s) ar, AVG(d) av
FROM TABLE(HOP(TABLE t, DESCRIPTOR(ts), INTERVAL '1' SECOND, INTERVAL '10' SECOND))
GROUP BY window_start, window_end
