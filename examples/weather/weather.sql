-- A year of hourly weather in Seattle: how many hours of each day were windy, how cold and how warm it got, and the mean pressure.

CREATE TABLE weather (
  `date` STRING,
  pressure DOUBLE,
  temperature DOUBLE,
  wind DOUBLE,
  observed AS COALESCE(TO_TIMESTAMP(`date`, 'yyyy-MM-dd''T''HH:mm:ss'), TIMESTAMP '1970-01-01 00:00:00'),   -- no row without a time
  WATERMARK FOR observed AS observed
) WITH (
  'connector' = 'filesystem',
  'path' = 'weather.csv',
  'format' = 'csv',
  'csv.ignore-parse-errors' = 'true'                    -- the first line is a heading
);

CREATE VIEW hours AS
SELECT * FROM weather WHERE wind IS NOT NULL;           -- leaves out the heading

CREATE TABLE days (
  `day` DATE,
  windy_hours BIGINT,
  coldest DOUBLE,
  warmest DOUBLE,
  mean_pressure DOUBLE
) WITH ('connector' = 'print');

INSERT INTO days
SELECT CAST(window_start AS DATE), COUNT(*) FILTER (WHERE wind >= 4), MIN(temperature), MAX(temperature), ROUND(AVG(pressure), 1)
FROM TABLE(TUMBLE(TABLE hours, DESCRIPTOR(observed), INTERVAL '1' DAY))
GROUP BY window_start, window_end;
