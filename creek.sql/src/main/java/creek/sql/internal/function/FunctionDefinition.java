package creek.sql.internal.function;

import creek.sql.internal.codegen.FunctionCode;
import java.util.Objects;
import org.apache.calcite.sql.SqlOperator;

/**
 * A built-in function or operator: everything there is to say about it. SHOW FUNCTIONS, DESCRIBE FUNCTION and the function page are made of
 * these.
 *
 * @param category       where it stands on the page
 * @param operator       its name, argument and result types
 * @param signature      how it is written
 * @param description    what it does, in a sentence
 * @param implementation how calls become Java; null for what the expression compiler or the planner knows itself
 */
public record FunctionDefinition(Category category, SqlOperator operator, String signature, String description,
        FunctionCode implementation) {
    public FunctionDefinition {
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(description, "description");
    }

    /** The name that statements write; the parser has another one for TRANSLATE with three arguments. */
    public String name() {
        return operator.getName().equals("TRANSLATE3") ? "TRANSLATE" : operator.getName();
    }
}
