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

    /** Null for what is not hexadecimal. */
    public static byte[] unhex(Utf8 text) {
        String digits = text.toString();
        try {
            return HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
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

    /** Null for what is not Base64. */
    public static Utf8 fromBase64(Utf8 text) {
        try {
            return Utf8.of(Base64.getDecoder().decode(text.toBytes()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Null for an unknown character set. */
    public static byte[] encode(Utf8 text, Utf8 charset) {
        Charset wanted = charset(charset);
        return wanted == null ? null : text.toString().getBytes(wanted);
    }

    /** Null for an unknown character set. */
    public static Utf8 decode(byte[] bytes, Utf8 charset) {
        Charset wanted = charset(charset);
        return wanted == null ? null : Utf8.of(new String(bytes, wanted));
    }

    private static Charset charset(Utf8 name) {
        try {
            return Charset.forName(name.toString());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
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
