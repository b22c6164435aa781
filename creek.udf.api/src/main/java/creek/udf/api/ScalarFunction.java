package creek.udf.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A function from one row's values to one value. A subclass has one or more public methods named {@code eval}, whose parameter
 * and result types are the SQL types by Flink's rules ({@code String} for STRING, {@code long} for BIGINT NOT NULL, and so on);
 * {@link DataTypeHint} says what Java types do not.
 */
@ConsumerType
public abstract class ScalarFunction extends UserDefinedFunction {
}
