-- Average price of a category: of the winning bids of its auctions. An aggregate over a join's aggregate, which takes back what it gave.
CREATE TABLE results (category BIGINT, average BIGINT) WITH ('connector' = 'blackhole');

INSERT INTO results
SELECT category, AVG(final)
FROM (
  SELECT a.id, a.category, MAX(b.price) AS final
  FROM auction AS a
  JOIN bid AS b ON a.id = b.auction AND b.`dateTime` BETWEEN a.`dateTime` AND a.expires
  GROUP BY a.id, a.category
)
GROUP BY category;
