package creek.connector.nexmark;

import creek.core.data.Row;

/** Makes up the values of one column. On the job's thread only. */
interface EventColumn {
    /** Sets the row's column to the value of the event of that number. */
    void set(Row row, int column, long event);
}
