-- Values four levels down, and one of a list.
CREATE TABLE deep (
  id BIGINT,
  site ROW<name STRING, line ROW<number INT, machine ROW<serial STRING, `values` ROW<temperature DOUBLE, pressure DOUBLE, samples ARRAY<INT>>>>>,
  tags MAP<STRING, STRING>
) WITH ('connector' = 'filesystem', 'path' = 'deep.json', 'format' = 'json');

CREATE TABLE machines (id BIGINT, serial STRING, temperature DOUBLE, sample INT, shift STRING) WITH ('connector' = 'blackhole');

INSERT INTO machines
SELECT id, site.line.machine.serial, site.line.machine.`values`.temperature, site.line.machine.`values`.samples[2], tags['shift']
FROM deep
WHERE site.line.machine.`values`.pressure > 2.5;
