-- an interval join by processing time: what still waits at the end of the input is not given
CREATE TABLE ap (
  k STRING, v INT, ts TIMESTAMP(3), p AS PROCTIME()
) WITH ('connector' = 'filesystem','path' = 'input/a.json','format' = 'json');

CREATE TABLE bp (
  k STRING, w BIGINT, ts TIMESTAMP(3), p AS PROCTIME()
) WITH ('connector' = 'filesystem','path' = 'input/b.json','format' = 'json');

SELECT ap.k, v, w FROM ap LEFT JOIN bp ON ap.k = bp.k AND ap.p BETWEEN bp.p - INTERVAL '5' SECOND AND bp.p + INTERVAL '1' SECOND;
