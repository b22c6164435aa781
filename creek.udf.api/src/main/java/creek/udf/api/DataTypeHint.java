package creek.udf.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The SQL type of a parameter of {@code eval} or {@code accumulate}, of the result where it stands on the method, or of an accumulator's field: where
 * the Java type does not tell, as with {@code BigDecimal} and {@link Row}, or tells too much.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.FIELD, ElementType.ANNOTATION_TYPE})
public @interface DataTypeHint {
    /** A type as SQL writes it: {@code DECIMAL(10, 2)}, {@code ROW<word STRING, length INT>}. */
    String value();
}
