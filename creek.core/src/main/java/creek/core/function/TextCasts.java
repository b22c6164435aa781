package creek.core.function;

import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Casts to CHAR and VARCHAR. The texts of dates and times are {@link TemporalTexts}', those of ARRAY, MAP and ROW {@link NestedTexts}'. */
public final class TextCasts {
    private static final Utf8 TRUE = Utf8.of("TRUE");
    private static final Utf8 FALSE = Utf8.of("FALSE");

    private TextCasts() {
    }

    public static Utf8 toText(boolean value) {
        return value ? TRUE : FALSE;
    }

    public static Utf8 toText(long value) {
        return ascii(Long.toString(value));
    }

    public static Utf8 toText(float value) {
        return ascii(Float.toString(value));
    }

    public static Utf8 toText(double value) {
        return ascii(Double.toString(value));
    }

    public static Utf8 toText(BigDecimal value) {
        return ascii(value.toPlainString());
    }

    /** Bytes that are no UTF-8 become replacement characters. */
    public static Utf8 toText(byte[] value) {
        return Utf8.of(new String(value, StandardCharsets.UTF_8));
    }

    private static Utf8 ascii(String text) {
        return Utf8.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** VARCHAR(n): cut to that many characters. */
    public static Utf8 cut(Utf8 text, int length) {
        return text.length() <= length ? text : Strings.left(text, length);
    }

    /** CHAR(n): cut or padded with blanks to that many characters. */
    public static Utf8 pad(Utf8 text, int length) {
        int missing = length - text.codePoints();
        if (missing == 0) {
            return text;
        }
        if (missing < 0) {
            return Strings.left(text, length);
        }
        byte[] padded = new byte[text.length() + missing];
        System.arraycopy(text.bytes(), text.offset(), padded, 0, text.length());
        java.util.Arrays.fill(padded, text.length(), padded.length, (byte) ' ');
        return Utf8.of(padded);
    }

    /** CAST of a string to BYTES. */
    public static byte[] toBytes(Utf8 text) {
        return text.toBytes();
    }

    /** VARBINARY(n): cut to that many bytes. */
    public static byte[] cut(byte[] bytes, int length) {
        return bytes.length <= length ? bytes : java.util.Arrays.copyOf(bytes, length);
    }

    /** BINARY(n): cut or padded with zeros to that many bytes. */
    public static byte[] pad(byte[] bytes, int length) {
        return bytes.length == length ? bytes : java.util.Arrays.copyOf(bytes, length);
    }
}
