-- A week of earthquakes, as the USGS published them: per network and six hours how many, how strong and how deep, and apart from that the
-- strong ones. The feed is ordered by last update, so event times are out of order by up to days; what comes more than a day late is dropped.

SET 'table.local-time-zone' = 'UTC';

CREATE TABLE earthquakes (
  id STRING,
  properties ROW<mag DOUBLE, place STRING, `time` BIGINT, net STRING>,
  geometry ROW<coordinates ARRAY<DOUBLE>>,              -- longitude, latitude, depth in km
  event_time AS TO_TIMESTAMP_LTZ(properties.`time`, 3),
  WATERMARK FOR event_time AS event_time - INTERVAL '1' DAY
) WITH (
  'connector' = 'filesystem',
  'path' = 'earthquakes.jsonl',
  'format' = 'json'
);

CREATE VIEW quakes AS
SELECT event_time, properties.net AS net, properties.mag AS mag, geometry.coordinates[3] AS depth, properties.place AS place
FROM earthquakes;

CREATE TABLE activity (
  window_start TIMESTAMP(3),
  net STRING,
  quakes BIGINT,
  strongest DOUBLE,
  mean_depth DECIMAL(6, 1)
) WITH ('connector' = 'filesystem', 'path' = 'out/activity', 'format' = 'csv');

CREATE TABLE strong (
  event_time TIMESTAMP_LTZ(3),
  mag DOUBLE,
  depth DOUBLE,
  place STRING
) WITH ('connector' = 'filesystem', 'path' = 'out/strong', 'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601');

EXECUTE STATEMENT SET
BEGIN

INSERT INTO activity
SELECT window_start, net, COUNT(*), MAX(mag), CAST(AVG(depth) AS DECIMAL(6, 1))
FROM TABLE(TUMBLE(TABLE quakes, DESCRIPTOR(event_time), INTERVAL '6' HOURS))
GROUP BY window_start, window_end, net;

INSERT INTO strong
SELECT event_time, mag, depth, place FROM quakes WHERE mag >= 5.5;

END;
