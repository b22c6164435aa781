-- Ten devices that make readings up, a hundred a second, to try the gateway with.

CREATE TABLE made (
  device INT,
  temperature DOUBLE
) WITH (
  'connector' = 'datagen', 'rows-per-second' = '100',
  'fields.device.min' = '1', 'fields.device.max' = '10', 'fields.temperature.min' = '20', 'fields.temperature.max' = '95'
);

CREATE TABLE sent (
  topic STRING METADATA,
  device STRING,
  temperature DOUBLE
) WITH ('connector' = 'mqtt', 'url' = 'tcp://127.0.0.1:21883', 'format' = 'json');

INSERT INTO sent
SELECT 'plant/device-' || CAST(device AS STRING) || '/temperature', 'device-' || CAST(device AS STRING), ROUND(temperature, 1) FROM made;
