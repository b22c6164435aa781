package creek.core.function;

import creek.core.data.Utf8;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Hexadecimal, Base64 and character sets. */
public final class Encodings {
    private Encodings() {
    }

    /** Bytes of an even number of hexadecimal digits; a literal of generated code. */
    public static byte[] bytesOfHex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    public static Utf8 hex(long number) {
        return Utf8.of(Long.toHexString(number).toUpperCase(Locale.ROOT));
    }

    public static Utf8 hex(Utf8 text) {
        return Utf8.of(HexFormat.of().withUpperCase().formatHex(text.bytes(), text.offset(), text.offset() + text.length()));
    }

    /** Null for what is not hexadecimal. Of an odd number of digits the first one counts as two zeros, as Flink has it. */
    public static byte[] unhex(Utf8 text) {
        String digits = text.toString();
        boolean odd = digits.length() % 2 != 0;
        try {
            return odd && !HexFormat.isHexDigit(digits.charAt(0)) ? null : HexFormat.of().parseHex(odd ? "00" + digits.substring(1) : digits);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public static Utf8 toBase64(Utf8 text) {
        return Utf8.of(Base64.getEncoder().encode(text.toBytes()));
    }

    public static Utf8 toBase64(byte[] bytes) {
        return Utf8.of(Base64.getEncoder().encode(bytes));
    }

    /** @throws IllegalArgumentException for what is not Base64 */
    public static Utf8 fromBase64(Utf8 text) {
        try {
            return Utf8.of(Base64.getDecoder().decode(text.toBytes()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("FROM_BASE64: the text is not Base64: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException for an unknown character set */
    public static byte[] encode(Utf8 text, Utf8 charset) {
        return text.toString().getBytes(charset(charset));
    }

    /** @throws IllegalArgumentException for an unknown character set */
    public static Utf8 decode(byte[] bytes, Utf8 charset) {
        return Utf8.of(new String(bytes, charset(charset)));
    }

    private static Charset charset(Utf8 name) {
        try {
            return Charset.forName(name.toString());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException("no character set is named '" + name + "'; names are such as 'UTF-8' or 'UTF-16BE'", e);
        }
    }

    /** Binary digits, two's complement where negative. */
    public static Utf8 bin(long number) {
        return Utf8.of(Long.toBinaryString(number));
    }

    /** The first byte, 0 for an empty string. */
    public static int ascii(Utf8 text) {
        return text.isEmpty() ? 0 : text.byteAt(0);
    }

    /** The character of that code, modulo 256; an empty string for negative ones. */
    public static Utf8 chr(long code) {
        return code < 0 ? Utf8.EMPTY : Utf8.of(String.valueOf((char) (code & 0xFF)));
    }
}
