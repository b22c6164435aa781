-- A year of hourly weather in Seattle: where the wind rose for at least three hours in a row, to 4.4 m/s or more, and then dropped. A row for each:
-- when it began to rise, when it was strongest, and how the pressure changed meanwhile.

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

CREATE TABLE winds (
  began TIMESTAMP(3),
  hours BIGINT,
  strongest DOUBLE,
  pressure_change DOUBLE
) WITH ('connector' = 'print');

INSERT INTO winds
SELECT began, hours, strongest, ROUND(pressure_change, 1)
FROM hours MATCH_RECOGNIZE (
  ORDER BY observed
  MEASURES
    CALM.observed AS began,
    COUNT(RISING.wind) AS hours,
    LAST(RISING.wind) AS strongest,
    LAST(RISING.pressure) - CALM.pressure AS pressure_change
  ONE ROW PER MATCH
  AFTER MATCH SKIP TO FALLING
  PATTERN (CALM RISING{3,} FALLING) WITHIN INTERVAL '1' DAY
  DEFINE
    RISING AS RISING.wind > COALESCE(LAST(RISING.wind, 1), CALM.wind),
    FALLING AS FALLING.wind < LAST(RISING.wind) AND LAST(RISING.wind) >= 4.4
);
