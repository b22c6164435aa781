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

    /** Whether it is a number. */
    public static boolean isDecimal(Utf8 text) {
        if (text == null || text.isEmpty()) {
            return false;
        }
        try {
            return new BigDecimal(text.toString()) != null;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Numbers are numbers. */
    public static boolean isDecimal(Number number) {
        return number != null;
    }
}
