package creek.core.internal.format.json;

import creek.core.format.DecodeException;
import creek.core.internal.format.NumberParser;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Writes objects and arrays as compact text, for string columns that take them whole: no white space, escapes only where they must be,
 * numbers in Java's form. Rare, so written for plainness.
 */
final class JsonCompactor {
    private JsonCompactor() {
    }

    /** Appends the well-formed value {@code b[from, to)} to the text. */
    static void append(byte[] b, int from, int to, JsonText output, boolean exactNumbers) throws DecodeException {
        JsonText string = new JsonText(new JsonEnd());
        int p = from;
        while (p < to) {
            byte first = b[p];
            if (first == '"') {
                string.reset();
                p = string.read(b, p, to);
                appendString(string, output);
            } else if (first == '-' || first >= '0' && first <= '9') {
                int end = JsonScanner.skipNumber(b, p, to);
                String number = new String(b, p, end - p, StandardCharsets.US_ASCII);
                appendAscii(canonical(number, p, exactNumbers), output);
                p = end;
            } else {
                if (first > ' ') {
                    output.append(first);
                }
                p++;
            }
        }
    }

    private static String canonical(String number, int place, boolean exactNumbers) throws DecodeException {
        if (number.length() > NumberParser.MAX_LENGTH) {
            throw new ValueException("a number has more than " + NumberParser.MAX_LENGTH + " digits", place);
        }
        boolean integer = number.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
        if (integer) {
            return new BigInteger(number).toString();
        }
        try {
            return exactNumbers ? new BigDecimal(number).stripTrailingZeros().toString() : Double.toString(Double.parseDouble(number));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new ValueException("'" + number + "' is out of the range of numbers", place);
        }
    }

    private static void appendString(JsonText string, JsonText output) {
        output.append('"');
        for (int i = string.from; i < string.to; i++) {
            byte each = string.bytes[i];
            byte[] escape = each >= 0 ? JsonEscapes.OF[each] : null;
            if (escape == null) {
                output.append(each);
            } else {
                output.append(escape, 0, escape.length);
            }
        }
        output.append('"');
    }

    private static void appendAscii(String ascii, JsonText output) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        output.append(bytes, 0, bytes.length);
    }
}
