package creek.udf.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * SQL types of a function: on the class for all of its methods, or on one of them. What a hint leaves out is taken from the signature. Several hints with
 * {@link #input} give several signatures to a method whose parameters don't tell, such as {@code accumulate(ACC accumulator, Object value)}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(FunctionHints.class)
public @interface FunctionHint {
    /** The types of the arguments, without the accumulator; none: those that the parameters tell. */
    DataTypeHint[] input() default {};

    /** The type of an aggregate function's accumulator, where it is no class with fields. */
    DataTypeHint accumulator() default @DataTypeHint("");

    /** The type of the result; of a {@link TableFunction}, of its rows. */
    DataTypeHint output() default @DataTypeHint("");
}
