CREATE TABLE readings (device STRING NOT NULL, ts TIMESTAMP(3), temperature DOUBLE, humidity INT, amount DECIMAL(10, 2), status STRING, pos ROW<lat DOUBLE, lon DOUBLE>, path STRING METADATA FROM 'file.path' VIRTUAL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
WITH ('connector' = 'filesystem', 'path' = 'readings.json', 'format' = 'json');
CREATE TABLE a (device STRING) WITH ('connector' = 'print');
CREATE TABLE b (t DOUBLE, n BIGINT) WITH ('connector' = 'blackhole');
EXECUTE STATEMENT SET BEGIN
INSERT INTO a SELECT device FROM readings;
INSERT INTO b (n) SELECT humidity FROM readings WHERE status = 'ok';
END;
