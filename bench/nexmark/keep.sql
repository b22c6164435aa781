-- All events in a file, for whoever has no connector that makes them up.
CREATE TABLE kept (
  event_type INT,
  person ROW<id BIGINT, name STRING, emailAddress STRING, creditCard STRING, city STRING, state STRING, `dateTime` TIMESTAMP(3), extra STRING>,
  auction ROW<id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT, `dateTime` TIMESTAMP(3), expires TIMESTAMP(3),
      seller BIGINT, category BIGINT, extra STRING>,
  bid ROW<auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, `dateTime` TIMESTAMP(3), extra STRING>
) WITH ('connector' = 'filesystem', 'path' = 'events', 'format' = 'json',
  'sink.rolling-policy.file-size' = '100 GB', 'sink.rolling-policy.rollover-interval' = '1 d');

INSERT INTO kept SELECT event_type, person, auction, bid FROM events;
