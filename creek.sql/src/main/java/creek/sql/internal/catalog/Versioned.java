package creek.sql.internal.catalog;

import org.apache.calcite.schema.TemporalTable;

/** What can be asked for FOR SYSTEM_TIME AS OF. The time since when a row is valid is its event time, so no columns are named for that. */
interface Versioned extends TemporalTable {
    @Override
    default String getSysStartFieldName() {
        return "";
    }

    @Override
    default String getSysEndFieldName() {
        return "";
    }
}
