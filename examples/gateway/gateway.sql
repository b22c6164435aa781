-- A gateway: devices speak MQTT; averages go to Kafka, alarms and the latest state of each device back to MQTT.

CREATE TABLE readings (
  device STRING,
  temperature DOUBLE,
  received TIMESTAMP_LTZ(3) METADATA FROM 'receive-time' VIRTUAL,
  WATERMARK FOR received AS received
) WITH (
  'connector' = 'mqtt', 'url' = 'tcp://127.0.0.1:21883', 'topic' = 'plant/+/temperature', 'format' = 'json',
  'source.delivery-guarantee' = 'at-least-once'           -- by way of a journal on disk
);

CREATE TABLE averages (
  device STRING,
  window_start TIMESTAMP(3),
  average DOUBLE,
  readings BIGINT
) WITH (
  'connector' = 'kafka', 'topic' = 'averages', 'properties.bootstrap.servers' = '127.0.0.1:29092', 'format' = 'json'
);

CREATE TABLE alarms (
  device STRING,
  since TIMESTAMP_LTZ(3),
  hottest DOUBLE
) WITH ('connector' = 'mqtt', 'url' = 'tcp://127.0.0.1:21883', 'topic' = 'alarms/${device}', 'format' = 'json');

CREATE TABLE states (
  device STRING,
  hottest DOUBLE,
  readings BIGINT,
  PRIMARY KEY (device) NOT ENFORCED
) WITH ('connector' = 'mqtt', 'url' = 'tcp://127.0.0.1:21883', 'topic' = 'states/${device}', 'sink.retain' = 'true', 'format' = 'json');

EXECUTE STATEMENT SET
BEGIN

INSERT INTO averages
SELECT device, CAST(window_start AS TIMESTAMP(3)), ROUND(AVG(temperature), 2), COUNT(*)
FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(received), INTERVAL '5' SECONDS))
GROUP BY device, window_start, window_end;

-- Three readings in a row, each hotter than the one before, the last of them above 90 degrees.
INSERT INTO alarms
SELECT device, since, hottest
FROM readings MATCH_RECOGNIZE (
  PARTITION BY device
  ORDER BY received
  MEASURES A.received AS since, C.temperature AS hottest
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A B C)
  DEFINE
    B AS B.temperature > A.temperature,
    C AS C.temperature > B.temperature AND C.temperature > 90
);

INSERT INTO states
SELECT device, MAX(temperature), COUNT(*) FROM readings GROUP BY device;

END;
