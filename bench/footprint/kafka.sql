-- Packaged to see its size.
SET 'execution.checkpointing.interval' = '1 s';
SET 'state.backend.type' = 'xodus';
CREATE TABLE readings (device STRING, ts TIMESTAMP(3), temperature DOUBLE, WATERMARK FOR ts AS ts)
WITH ('connector' = 'kafka', 'topic' = 'readings', 'properties.bootstrap.servers' = 'localhost:9092', 'properties.group.id' = 'g',
  'scan.startup.mode' = 'earliest-offset', 'format' = 'json');
CREATE TABLE per_device (window_start TIMESTAMP(3), device STRING, readings BIGINT)
WITH ('connector' = 'kafka', 'topic' = 'results', 'properties.bootstrap.servers' = 'localhost:9092', 'format' = 'json');
INSERT INTO per_device
SELECT window_start, device, COUNT(*) FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(ts), INTERVAL '10' SECONDS))
GROUP BY window_start, window_end, device;
