package creek.udf.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The SQL type of a function's result, on the class for all its {@code eval} methods, or on one of them. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface FunctionHint {
    /** The type of the result; of a {@link TableFunction}, of its rows. */
    DataTypeHint output();
}
