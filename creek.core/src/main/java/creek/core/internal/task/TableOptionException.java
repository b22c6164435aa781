package creek.core.internal.task;

import creek.core.option.OptionException;

/** An option of a table is wrong, at least for the version of the connector that is there. */
final class TableOptionException extends OptionException {
    private static final long serialVersionUID = 1L;

    private final String table;

    TableOptionException(String table, OptionException cause) {
        super(cause.key(), "table '" + table + "': " + cause.getMessage());
        this.table = table;
    }

    String table() {
        return table;
    }
}
