-- What commands typically load; run once to make the archive of shared classes.
SET 'table.exec.mini-batch.enabled' = 'true';
SET 'table.exec.mini-batch.allow-latency' = '1 s';
SET 'table.exec.mini-batch.size' = '100';

CREATE TABLE readings (device STRING, ts TIMESTAMP(3), temperature DOUBLE, site ROW<name STRING, line ROW<number INT>>, samples ARRAY<INT>,
  tags MAP<STRING, STRING>, `date` AS DATE_FORMAT(ts, 'yyyy-MM-dd'), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
WITH ('connector' = 'filesystem', 'path' = 'typical.json', 'format' = 'json');
CREATE TABLE devices (id STRING, place STRING, price BIGINT) WITH ('connector' = 'filesystem', 'path' = 'typical.csv', 'format' = 'csv');
CREATE TABLE results (device STRING, place STRING, n BIGINT, peak DOUBLE) WITH ('connector' = 'blackhole');
CREATE VIEW hot AS SELECT device, ts, temperature, site.line.number AS line, CASE WHEN samples[1] > 1 THEN tags['shift'] ELSE 'none' END AS shift
FROM readings WHERE temperature > 10 AND device IN ('gw-1', 'gw-2', 'gw-3');

-- joins, aggregations with and without windows, the last rows and the first of many
INSERT INTO results SELECT h.device, d.place, d.price, h.temperature FROM hot AS h JOIN devices AS d ON h.device = d.id WHERE d.place LIKE 'a%';
INSERT INTO results SELECT a.device, b.shift, 1, b.temperature FROM hot AS a JOIN hot AS b ON a.device = b.device AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '5' SECOND;
INSERT INTO results SELECT device, shift, COUNT(DISTINCT line), AVG(temperature) FROM hot GROUP BY device, shift;
INSERT INTO results SELECT device, UPPER(shift), place, temperature
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY device ORDER BY temperature DESC) AS place FROM hot) WHERE place <= 10;
INSERT INTO results SELECT device, shift, 1, temperature
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY device ORDER BY ts DESC) AS place FROM hot) WHERE place <= 1;
INSERT INTO results SELECT device, CAST(window_start AS STRING), COUNT(*), MAX(temperature)
FROM TABLE(HOP(TABLE readings, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, device;
INSERT INTO results SELECT device, `date`, COUNT(*) OVER w, AVG(temperature) OVER w FROM readings
WINDOW w AS (PARTITION BY device ORDER BY ts RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND CURRENT ROW);

SELECT window_start, UPPER(device) AS device, COUNT(*) AS readings, MAX(temperature) AS peak
FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
WHERE temperature > 10
GROUP BY window_start, window_end, device;
