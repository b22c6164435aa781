-- a full interval join by processing time
CREATE TABLE ap (
  k STRING, v INT, ts TIMESTAMP(3), p AS PROCTIME()
) WITH ('connector' = 'filesystem','path' = 'input/a.json','format' = 'json');

CREATE TABLE bp (
  k STRING, w BIGINT, ts TIMESTAMP(3), p AS PROCTIME()
) WITH ('connector' = 'filesystem','path' = 'input/b.json','format' = 'json');

SELECT ap.k, w FROM ap FULL JOIN bp ON ap.k = bp.k AND ap.p BETWEEN bp.p - INTERVAL '5' MINUTE AND bp.p + INTERVAL '5' MINUTE AND w > 1;
