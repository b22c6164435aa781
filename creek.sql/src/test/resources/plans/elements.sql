CREATE TABLE messages (body ROW<samples ARRAY<INT>, n BIGINT>, tags MAP<STRING, STRING>, counts MAP<INT, INT>, more ARRAY<INT>)
WITH ('connector' = 'filesystem', 'path' = 'messages.json', 'format' = 'json');
SELECT body.samples[2] AS s, tags['a]'] AS a, tags['b'] AS b, counts[1] AS c, more[1] AS d, more[body.samples[1]] AS e, body.n FROM messages WHERE tags['b'] <> '';
