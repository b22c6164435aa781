-- What a short command typically loads; run once to make the archive of shared classes.
CREATE TABLE readings (device STRING, ts TIMESTAMP(3), temperature DOUBLE, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
WITH ('connector' = 'filesystem', 'path' = 'typical.json', 'format' = 'json');

SELECT window_start, UPPER(device) AS device, COUNT(*) AS readings, MAX(temperature) AS peak
FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
WHERE temperature > 10
GROUP BY window_start, window_end, device;
