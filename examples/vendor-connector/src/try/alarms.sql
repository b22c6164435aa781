CREATE TABLE readings (device STRING, temperature DOUBLE)
WITH ('connector' = 'http-poll', 'url' = 'http://127.0.0.1:@PORT@/readings', 'interval' = '200 ms', 'format' = 'json');

CREATE TABLE alarms (device STRING, temperature DOUBLE)
WITH ('connector' = 'webhook', 'url' = 'http://127.0.0.1:@PORT@/alarms', 'format' = 'json');

INSERT INTO alarms SELECT device, temperature FROM readings WHERE temperature >= 31;
