-- What the gateway says, as it comes: alarms by MQTT, averages by Kafka.

CREATE TABLE alarms (topic STRING METADATA VIRTUAL, hottest DOUBLE)
WITH ('connector' = 'mqtt', 'url' = 'tcp://127.0.0.1:21883', 'topic' = 'alarms/#', 'format' = 'json');

CREATE TABLE averages (device STRING, average DOUBLE)
WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = '127.0.0.1:29092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json',
      'topic-pattern' = 'averages', 'scan.topic-partition-discovery.interval' = '2 s');  -- the topic is there once the gateway writes to it

CREATE TABLE seen (what STRING, `value` DOUBLE) WITH ('connector' = 'print');

INSERT INTO seen SELECT topic, hottest FROM alarms UNION ALL SELECT 'average of ' || device, average FROM averages;
