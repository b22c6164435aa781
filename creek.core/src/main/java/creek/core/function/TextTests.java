package creek.core.function;

import creek.core.data.Utf8;
import java.math.BigDecimal;

/** What strings consist of. Null strings consist of nothing. */
public final class TextTests {
    private TextTests() {
    }

    /** Letters only, and one at least. */
    public static boolean isAlpha(Utf8 text) {
        return text != null && !text.isEmpty() && text.toString().codePoints().allMatch(Character::isLetter);
    }

    /** Digits only, and one at least. */
    public static boolean isDigit(Utf8 text) {
        return text != null && !text.isEmpty() && text.toString().codePoints().allMatch(Character::isDigit);
    }

    /** Whether Java reads a number in it, be it NaN or 1e5. */
    public static boolean isDecimal(Utf8 text) {
        if (text == null || text.isEmpty()) {
            return false;
        }
        try {
            Double.parseDouble(text.toString());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Integers and floating point numbers are numbers; DECIMALs are not, as in Flink. */
    public static boolean isDecimal(Object value) {
        return value instanceof Number && !(value instanceof BigDecimal);
    }

    /** Integers are digits. */
    public static boolean isDigit(Object value) {
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
    }

    /** Nothing but strings consists of letters. */
    public static boolean isAlpha(Object value) {
        return false;
    }
}
