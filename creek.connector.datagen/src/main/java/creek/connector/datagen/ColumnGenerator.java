package creek.connector.datagen;

import creek.core.data.Row;

/** Makes up the values of one column. On the job's thread only. */
interface ColumnGenerator {
    /** @param number how many rows were made before */
    void generate(Row row, int column, long number);
}
