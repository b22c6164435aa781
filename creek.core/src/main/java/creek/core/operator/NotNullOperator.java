package creek.core.operator;

import creek.core.data.Row;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.util.Objects;

/**
 * Keeps nulls out of a table's NOT NULL columns: as the setting {@code table.exec.sink.not-null-enforcer} says, a row with one fails the job
 * ({@code ERROR}, the default) or is dropped and counted as skipped ({@code DROP}).
 */
public final class NotNullOperator extends Operator {
    /** What becomes of a row with a null where none may be. */
    public enum Enforcer { ERROR, DROP }

    private static final ConfigOption<Enforcer> ENFORCER = ConfigOption.withDefault("table.exec.sink.not-null-enforcer", Enforcer.class,
            Enforcer.ERROR, "what becomes of a row with a NULL for a NOT NULL column");

    private final String table;
    private final int[] columns;
    private final String[] names;
    private boolean drop;

    /**
     * @param table   the table's name, for messages
     * @param columns places of the NOT NULL columns in the rows
     * @param names   their names, in the same order
     */
    public NotNullOperator(String table, int[] columns, String[] names) {
        this.table = Objects.requireNonNull(table, "table");
        this.columns = columns.clone();
        this.names = names.clone();
    }

    @Override
    public void open(OperatorContext newContext, Input newOutput) throws Exception {
        super.open(newContext, newOutput);
        drop = Options.of(newContext.settings()).get(ENFORCER) == Enforcer.DROP;
    }

    @Override
    public void process(Row row) throws Exception {
        for (int i = 0; i < columns.length; i++) {
            if (row.isNullAt(columns[i])) {
                if (!drop) {
                    throw new IllegalArgumentException("column '" + names[i] + "' of table '" + table + "' is NOT NULL, but a null is written to "
                            + "it; SET '" + ENFORCER.key() + "' = 'DROP' drops such rows");
                }
                context.countSkipped();
                return;
            }
        }
        output.process(row);
    }
}
