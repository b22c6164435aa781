-- Winning bids: the best bid of each auction, the earliest of equal ones. A Top-1 over a join.
CREATE TABLE results (id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT, `dateTime` TIMESTAMP(3),
  expires TIMESTAMP(3), seller BIGINT, category BIGINT, auction BIGINT, bidder BIGINT, price BIGINT, bid_time TIMESTAMP(3)) WITH ('connector' = 'blackhole');

INSERT INTO results
SELECT id, itemName, description, initialBid, reserve, auction_time, expires, seller, category, auction, bidder, price, bid_time
FROM (
  SELECT a.id, a.itemName, a.description, a.initialBid, a.reserve, a.`dateTime` AS auction_time, a.expires, a.seller, a.category,
    b.auction, b.bidder, b.price, b.`dateTime` AS bid_time,
    ROW_NUMBER() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.`dateTime` ASC) AS place
  FROM auction AS a
  JOIN bid AS b ON a.id = b.auction AND b.`dateTime` BETWEEN a.`dateTime` AND a.expires
)
WHERE place <= 1;
