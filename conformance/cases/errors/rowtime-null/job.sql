-- A row without event time fails the job, even where nothing uses the time.
CREATE TABLE readings (a INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
WITH ('connector' = 'filesystem', 'path' = 'input/readings.json', 'format' = 'json');
SELECT a FROM readings;
