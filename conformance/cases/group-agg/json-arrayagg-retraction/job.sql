-- JSON_ARRAYAGG of rows that are taken back.
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
CREATE TEMPORARY VIEW u AS SELECT MOD(id, 4) AS g, LAST_VALUE(k) AS k, LAST_VALUE(id) AS id, LAST_VALUE(ti) AS ti, LAST_VALUE(i) AS i, LAST_VALUE(b) AS b, LAST_VALUE(f) AS f, LAST_VALUE(d) AS d, LAST_VALUE(dc) AS dc, LAST_VALUE(s) AS s, LAST_VALUE(bo) AS bo, LAST_VALUE(dt) AS dt
FROM t
GROUP BY MOD(id, 4);
SELECT JSON_ARRAYAGG(s NULL ON NULL) a FROM u
