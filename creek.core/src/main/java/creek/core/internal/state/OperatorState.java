package creek.core.internal.state;

import creek.core.operator.OperatorContext;
import java.io.IOException;

/** What an {@link OperatorContext} is as well where the job takes checkpoints. */
public interface OperatorState {
    /** Makes a table part of the operator's state and fills it with what the last checkpoint left. */
    void keep(String name, StateTable table) throws IOException;

    /** Does that if the job takes checkpoints; otherwise the table is on its own. Called while the operator opens, the table being empty. */
    static void keep(OperatorContext context, String name, StateTable table) throws IOException {
        if (context instanceof OperatorState state) {
            state.keep(name, table);
        }
    }
}
