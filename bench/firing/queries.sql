CREATE TABLE readings (
  seq BIGINT,
  device AS seq % 100000,
  event_time AS TO_TIMESTAMP_LTZ((seq / 100000) * 60000, 3),
  WATERMARK FOR event_time AS event_time
) WITH (
  'connector' = 'datagen', 'rows-per-second' = '1000000000',
  'fields.seq.kind' = 'sequence', 'fields.seq.start' = '0', 'fields.seq.end' = '$END');

CREATE TABLE others LIKE readings;

CREATE TABLE results (device BIGINT, n BIGINT) WITH ('connector' = 'blackhole');
-- TUMBLE
INSERT INTO results SELECT device, COUNT(*) FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end, device;
-- HOP
INSERT INTO results SELECT device, COUNT(*) FROM TABLE(HOP(TABLE readings, DESCRIPTOR(event_time), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE))
GROUP BY window_start, window_end, device;
-- SESSION
INSERT INTO results
SELECT device, COUNT(*) FROM TABLE(SESSION(TABLE readings PARTITION BY device, DESCRIPTOR(event_time), INTERVAL '10' SECOND))
GROUP BY window_start, window_end, device;
-- SESSION, all rows
INSERT INTO results
SELECT device, seq FROM TABLE(SESSION(TABLE readings PARTITION BY device, DESCRIPTOR(event_time), INTERVAL '10' SECOND));
-- GROUP BY TUMBLE, late
SET 'table.exec.emit.late-fire.enabled' = 'true';
SET 'table.exec.emit.late-fire.delay' = '0 s';
SET 'table.exec.emit.allow-lateness' = '1 min';
INSERT INTO results SELECT device, COUNT(*) FROM readings GROUP BY device, TUMBLE(event_time, INTERVAL '1' MINUTE);
-- window Top-N
INSERT INTO results SELECT device, seq FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, device ORDER BY seq DESC) AS rn
  FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))) WHERE rn <= 3;
-- window join
INSERT INTO results SELECT a.device, b.seq FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)) a
JOIN TABLE(TUMBLE(TABLE others, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)) b
ON a.device = b.device AND a.window_start = b.window_start AND a.window_end = b.window_end;
