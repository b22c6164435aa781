-- UNNEST without a table beside it
SELECT x.p, x.q FROM UNNEST(ARRAY[ROW(1, 'a'), ROW(2, 'b')]) AS x(p, q);
