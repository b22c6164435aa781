package creek.core.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ComparisonsTest {
    private static final double[] NUMBERS = {0.0, -0.0, 1, -1, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE,
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 21.5, 21.25};

    @Test
    void when_twoNumbersAreCompared_then_javasComparisonDecidesAndTheFirstStaysWhereNeitherComesBefore() {
        for (double first : NUMBERS) {
            for (double second : NUMBERS) {
                String pair = first + " and " + second;
                assertEquals(bits(second > first ? second : first), bits(Comparisons.greater(first, second)), pair);
                assertEquals(bits(second < first ? second : first), bits(Comparisons.lesser(first, second)), pair);
            }
        }
    }

    /** By which the two zeros differ. */
    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
