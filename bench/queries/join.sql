-- Orders and their payments: a regular join, which keeps both streams.
CREATE TABLE orders (order_id STRING, customer STRING, amount DOUBLE, ts BIGINT)
WITH ('connector' = 'filesystem', 'path' = 'orders.json', 'format' = 'json');

CREATE TABLE payments (order_id STRING, `method` STRING, paid DOUBLE, ts BIGINT)
WITH ('connector' = 'filesystem', 'path' = 'payments.json', 'format' = 'json');

CREATE TABLE paid_orders (order_id STRING, customer STRING, amount DOUBLE, `method` STRING, paid DOUBLE)
WITH ('connector' = 'blackhole');

INSERT INTO paid_orders
SELECT o.order_id, o.customer, o.amount, p.`method`, p.paid
FROM orders AS o
JOIN payments AS p ON o.order_id = p.order_id;
