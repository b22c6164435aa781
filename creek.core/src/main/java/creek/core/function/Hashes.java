package creek.core.function;

import creek.core.data.Utf8;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests as hexadecimal digits. */
public final class Hashes {
    private Hashes() {
    }

    public static Utf8 md5(Utf8 text) {
        return digest("MD5", text);
    }

    public static Utf8 sha1(Utf8 text) {
        return digest("SHA-1", text);
    }

    public static Utf8 sha224(Utf8 text) {
        return digest("SHA-224", text);
    }

    public static Utf8 sha256(Utf8 text) {
        return digest("SHA-256", text);
    }

    public static Utf8 sha384(Utf8 text) {
        return digest("SHA-384", text);
    }

    public static Utf8 sha512(Utf8 text) {
        return digest("SHA-512", text);
    }

    /** @throws IllegalArgumentException for another length than 224, 256, 384 and 512 */
    public static Utf8 sha2(Utf8 text, int bits) {
        if (bits != 224 && bits != 256 && bits != 384 && bits != 512) {
            throw new IllegalArgumentException("SHA2 has 224, 256, 384 or 512 bits, not " + bits);
        }
        return digest("SHA-" + bits, text);
    }

    public static Utf8 md5(byte[] bytes) {
        return md5(Utf8.of(bytes));
    }

    public static Utf8 sha1(byte[] bytes) {
        return sha1(Utf8.of(bytes));
    }

    public static Utf8 sha224(byte[] bytes) {
        return sha224(Utf8.of(bytes));
    }

    public static Utf8 sha256(byte[] bytes) {
        return sha256(Utf8.of(bytes));
    }

    public static Utf8 sha384(byte[] bytes) {
        return sha384(Utf8.of(bytes));
    }

    public static Utf8 sha512(byte[] bytes) {
        return sha512(Utf8.of(bytes));
    }

    public static Utf8 sha2(byte[] bytes, int bits) {
        return sha2(Utf8.of(bytes), bits);
    }

    private static Utf8 digest(String algorithm, Utf8 text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(text.bytes(), text.offset(), text.length());
            return Utf8.of(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks " + algorithm, e);
        }
    }
}
