-- Orders that are paid within ten seconds of event time.
CREATE TABLE orders (
  order_id STRING,
  customer STRING,
  amount DOUBLE,
  ts BIGINT,
  ordered_at AS TO_TIMESTAMP_LTZ(ts, 3),
  WATERMARK FOR ordered_at AS ordered_at - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'orders.json', 'format' = 'json');

CREATE TABLE payments (
  order_id STRING,
  `method` STRING,
  paid DOUBLE,
  ts BIGINT,
  paid_at AS TO_TIMESTAMP_LTZ(ts, 3),
  WATERMARK FOR paid_at AS paid_at - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'payments.json', 'format' = 'json');

CREATE TABLE paid_orders (order_id STRING, customer STRING, amount DOUBLE, `method` STRING, paid DOUBLE)
WITH ('connector' = 'blackhole');

INSERT INTO paid_orders
SELECT o.order_id, o.customer, o.amount, p.`method`, p.paid
FROM orders AS o
JOIN payments AS p ON o.order_id = p.order_id AND p.paid_at BETWEEN o.ordered_at AND o.ordered_at + INTERVAL '10' SECOND;
