package creek.core.aggregate;

import creek.core.data.BinaryReader;
import creek.core.data.BinaryWriter;
import creek.core.data.Row;
import creek.core.function.Decimals;
import java.math.BigDecimal;

/**
 * STDDEV_POP, STDDEV_SAMP, VAR_POP and VAR_SAMP of DECIMALs: {@code (sum(x * x) - sum(x) * sum(x) / n) / n}, where each step is rounded to the
 * type that Flink gives it. A sum that has more digits than its type is NULL, and starts anew with the next value.
 */
public final class DecimalDeviation {
    private static final int PRECISION = 38;
    private static final int LEAST_SCALE = 6;

    private final boolean root;
    private final boolean sample;
    private final int sumScale;
    private final int resultScale;
    private final int squareScale;
    private BigDecimal sum;
    private BigDecimal squares;
    private long count;

    /**
     * @param root        whether the deviation is wanted, rather than the variance
     * @param sample      whether the rows are a sample
     * @param scale       of the values
     * @param resultScale of the result, whose precision is the highest
     */
    public DecimalDeviation(boolean root, boolean sample, int scale, int resultScale) {
        this.root = root;
        this.sample = sample;
        this.sumScale = scale;
        this.resultScale = resultScale;
        // a product of two such values has twice the scale, as far as the digits before the point leave room
        this.squareScale = Math.max(2 * resultScale - PRECISION - 1, LEAST_SCALE);
    }

    public void clear() {
        sum = null;
        squares = null;
        count = 0;
    }

    /** Adds a column's value; leaves NULL out. */
    public void add(Row row, int column) {
        if (!row.isNullAt(column)) {
            BigDecimal value = row.getDecimal(column);
            sum = plus(sum, value, sumScale);
            squares = plus(squares, square(value), squareScale);
            count++;
        }
    }

    /** Takes a column's value back. */
    public void remove(Row row, int column) {
        if (!row.isNullAt(column)) {
            BigDecimal value = row.getDecimal(column);
            BigDecimal square = square(value);
            sum = plus(sum, value.negate(), sumScale);
            squares = plus(squares, square == null ? null : square.negate(), squareScale);
            count--;
        }
    }

    public void addAll(DecimalDeviation other) {
        sum = plus(sum, other.sum, sumScale);
        squares = plus(squares, other.squares, squareScale);
        count += other.count;
    }

    private static BigDecimal plus(BigDecimal total, BigDecimal value, int scale) {
        return value == null ? total : total == null ? value : Decimals.add(total, value, PRECISION, scale);
    }

    private BigDecimal square(BigDecimal value) {
        BigDecimal cast = Decimals.add(value, BigDecimal.ZERO, PRECISION, resultScale);
        return cast == null ? null : Decimals.multiply(cast, cast, PRECISION, squareScale);
    }

    /** Sets a row's column to the result, NULL if there are not enough rows or a step has too many digits. */
    public void emit(Row row, int column) {
        BigDecimal result = result();
        if (result == null) {
            row.setNull(column);
        } else {
            row.setObject(column, result);
        }
    }

    private BigDecimal result() {
        long divisor = sample ? count - 1 : count;
        BigDecimal squareOfSum = divisor <= 0 || sum == null || squares == null ? null : square(sum);
        if (squareOfSum == null) {
            return null;
        }
        BigDecimal mean = Decimals.divide(squareOfSum, BigDecimal.valueOf(count), PRECISION, squareScale);
        BigDecimal rest = mean == null ? null : Decimals.subtract(squares, mean, PRECISION, squareScale);
        BigDecimal variance = rest == null ? null : Decimals.divide(rest, BigDecimal.valueOf(divisor), PRECISION, squareScale);
        if (variance == null) {
            return null;
        }
        if (root && variance.signum() < 0) {
            return null;
        }
        BigDecimal result = root ? BigDecimal.valueOf(Math.pow(variance.doubleValue(), 0.5)) : variance;
        return Decimals.add(result, BigDecimal.ZERO, PRECISION, resultScale);
    }

    /** Writes the content, for state. */
    public void write(BinaryWriter output) {
        writeDecimal(sum, output);
        writeDecimal(squares, output);
        output.writeLong(count);
    }

    private static void writeDecimal(BigDecimal value, BinaryWriter output) {
        output.writeString(value == null ? "" : value.toString());
    }

    /** Replaces the content by what {@link #write} wrote. */
    public void read(BinaryReader input) {
        sum = readDecimal(input);
        squares = readDecimal(input);
        count = input.readLong();
    }

    private static BigDecimal readDecimal(BinaryReader input) {
        String text = input.readString();
        return text.isEmpty() ? null : new BigDecimal(text);
    }
}
