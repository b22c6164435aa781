-- RANK and DENSE_RANK count the rows up to the current one, equal ones included
CREATE TABLE readings (
  dev STRING,
  v INT,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = 'input/s.json',
  'format' = 'json',
  'scan.watermark.emit.strategy' = 'on-event'
);

SELECT dev, ts, RANK() OVER w AS r, DENSE_RANK() OVER w AS d, COUNT(*) OVER w AS c FROM readings
WINDOW w AS (PARTITION BY dev ORDER BY ts);
