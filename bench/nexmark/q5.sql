-- Hot items: the auctions with the most bids in each hopping window.
CREATE TABLE results (auction BIGINT, num BIGINT) WITH ('connector' = 'blackhole');

CREATE VIEW counts AS
SELECT auction, COUNT(*) AS num, window_start, window_end
FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
GROUP BY auction, window_start, window_end;

INSERT INTO results
SELECT counts.auction, counts.num
FROM counts
JOIN (SELECT MAX(num) AS num, window_start, window_end FROM counts GROUP BY window_start, window_end) AS most
  ON counts.window_start = most.window_start AND counts.window_end = most.window_end AND counts.num >= most.num;
