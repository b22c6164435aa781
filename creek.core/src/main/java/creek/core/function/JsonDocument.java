package creek.core.function;

import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON text as a list of nodes, in the order of the text: reading makes no objects, and a document is read into again and again. Its nodes
 * refer to the text's bytes. What follows the first JSON value is not looked at, as in Flink. Not thread-safe.
 */
public final class JsonDocument {
    static final int NONE = -1;

    static final int OBJECT = 0;
    static final int ARRAY = 1;
    static final int STRING = 2;
    /** A string with escape sequences. */
    static final int ESCAPED = 3;
    static final int INTEGER = 4;
    /** A number with a fraction or an exponent. */
    static final int DECIMAL = 5;
    static final int TRUE = 6;
    static final int FALSE = 7;
    static final int NULL = 8;

    /** Numbers of a node: its kind, where its text starts and ends (of a string within the quotes), and the first node behind it. */
    private static final int WIDTH = 4;
    /** Deeper nesting is refused: it comes from an attack rather than a device. */
    private static final int MAX_DEPTH = 500;
    private static final int MAX_NUMBER_LENGTH = 1000;
    /** Exponents with more digits may be too large for a BigDecimal. */
    private static final int SAFE_EXPONENT_DIGITS = 8;
    /** With more digits behind the point BigDecimal shows small numbers with an exponent. */
    private static final int MAX_PLAIN_SCALE = 6;
    private static final byte[] WORD_TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WORD_FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WORD_NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final JsonWriter writer = new JsonWriter();
    private int[] nodes = new int[32 * WIDTH];
    private int size;
    private byte[] bytes = {};
    private int at;
    private int end;
    private boolean valid;

    /** Reads a text; null is not JSON. The bytes must not change while the document is used. */
    public JsonDocument read(Utf8 text) {
        size = 0;
        valid = false;
        if (text != null) {
            bytes = text.bytes();
            at = text.offset();
            end = at + text.length();
            skipBlanks();
            valid = value(0) && isEnded();
        }
        return this;
    }

    /** Whether what was read is JSON. */
    public boolean isValid() {
        return valid;
    }

    byte[] bytes() {
        return bytes;
    }

    int kind(int node) {
        return nodes[node * WIDTH];
    }

    int start(int node) {
        return nodes[node * WIDTH + 1];
    }

    int end(int node) {
        return nodes[node * WIDTH + 2];
    }

    /** The first node behind a node and what is in it. The children of a node start right behind it; in an object they are keys and values. */
    int next(int node) {
        return nodes[node * WIDTH + 3];
    }

    boolean isContainer(int node) {
        return kind(node) <= ARRAY;
    }

    /** The value of an object's member, {@link #NONE} if there is none. Of equal names the last one counts. */
    int member(int node, byte[] name) {
        int found = NONE;
        if (kind(node) == OBJECT) {
            for (int key = node + 1; key < next(node); key = next(key + 1)) {
                if (kind(key) == STRING ? Arrays.equals(bytes, start(key), end(key), name, 0, name.length)
                        : Arrays.equals(string(key).getBytes(StandardCharsets.UTF_8), name)) {
                    found = key + 1;
                }
            }
        }
        return found;
    }

    /** An array's element, {@link #NONE} if there is none. Negative places count from the end. */
    int element(int node, int place) {
        if (kind(node) != ARRAY) {
            return NONE;
        }
        int left = place;
        if (place < 0) {
            for (int child = node + 1; child < next(node); child = next(child)) {
                left++;
            }
            if (left < 0) {
                return NONE;
            }
        }
        int child = node + 1;
        while (left > 0 && child < next(node)) {
            child = next(child);
            left--;
        }
        return child < next(node) ? child : NONE;
    }

    /** A string's or key's characters. */
    String string(int node) {
        return kind(node) == STRING ? new String(bytes, start(node), end(node) - start(node), StandardCharsets.UTF_8)
                : JsonStrings.unescape(new String(bytes, start(node), end(node) - start(node), StandardCharsets.UTF_8));
    }

    /** A number, as an Integer, Long, BigInteger or BigDecimal. */
    Number number(int node) {
        String text = new String(bytes, start(node), end(node) - start(node), StandardCharsets.US_ASCII);
        if (kind(node) == DECIMAL) {
            return new BigDecimal(text);
        }
        BigInteger integer = new BigInteger(text);
        return integer.bitLength() < Integer.SIZE ? (Number) integer.intValue() : integer.bitLength() < Long.SIZE ? integer.longValue() : integer;
    }

    /** A node as a {@code Map} (in the text's order), {@code List}, {@code String}, number, {@code Boolean} or null. */
    Object tree(int node) {
        return switch (kind(node)) {
            case OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                for (int key = node + 1; key < next(node); key = next(key + 1)) {
                    object.put(string(key), tree(key + 1));
                }
                yield object;
            }
            case ARRAY -> {
                List<Object> array = new ArrayList<>();
                for (int child = node + 1; child < next(node); child = next(child)) {
                    array.add(tree(child));
                }
                yield array;
            }
            case STRING, ESCAPED -> string(node);
            case INTEGER, DECIMAL -> number(node);
            case NULL -> null;
            default -> kind(node) == TRUE;
        };
    }

    /** A scalar as text: a string without its quotes. */
    Utf8 text(int node) {
        return switch (kind(node)) {
            case STRING -> new Utf8(bytes, start(node), end(node) - start(node));
            case INTEGER -> bytes[start(node)] == '-' && bytes[start(node) + 1] == '0' ? Utf8.of("0")
                    : new Utf8(bytes, start(node), end(node) - start(node));
            case ESCAPED -> Utf8.of(string(node));
            case DECIMAL -> isPlain(node) ? new Utf8(bytes, start(node), end(node) - start(node)) : Utf8.of(number(node).toString());
            default -> new Utf8(bytes, start(node), end(node) - start(node));
        };
    }

    /** Whether {@link BigDecimal} shows the number as it is written: without an exponent, and not as a negative zero. */
    private boolean isPlain(int node) {
        int point = NONE;
        for (int i = start(node); i < end(node); i++) {
            if (bytes[i] == '.') {
                point = i;
            } else if (bytes[i] == 'e' || bytes[i] == 'E') {
                return false;
            }
        }
        byte first = bytes[start(node)];
        return first >= '1' && first <= '9' || first == '0' && end(node) - point - 1 <= MAX_PLAIN_SCALE;
    }

    /** A node as JSON text without blanks, keys in order. */
    Utf8 json(int node, boolean wrapped) {
        return writer.write(this, node, wrapped);
    }

    private int add(int kind, int start) {
        if ((size + 1) * WIDTH > nodes.length) {
            nodes = Arrays.copyOf(nodes, nodes.length * 2);
        }
        int node = size++;
        nodes[node * WIDTH] = kind;
        nodes[node * WIDTH + 1] = start;
        return node;
    }

    private boolean close(int node, int endOfText) {
        nodes[node * WIDTH + 2] = endOfText;
        nodes[node * WIDTH + 3] = size;
        return true;
    }

    private void skipBlanks() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    /** A number or a word at the top must not run into something else. */
    private boolean isEnded() {
        return kind(0) <= ESCAPED || at == end || bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t';
    }

    private boolean take(char wanted) {
        if (at < end && bytes[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private boolean value(int depth) {
        if (at >= end || depth > MAX_DEPTH) {
            return false;
        }
        return switch (bytes[at]) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word(TRUE, WORD_TRUE);
            case 'f' -> word(FALSE, WORD_FALSE);
            case 'n' -> word(NULL, WORD_NULL);
            default -> number();
        };
    }

    private boolean word(int kind, byte[] word) {
        if (end - at < word.length || !Arrays.equals(bytes, at, at + word.length, word, 0, word.length)) {
            return false;
        }
        at += word.length;
        return close(add(kind, at - word.length), at);
    }

    private boolean object(int depth) {
        int node = add(OBJECT, at++);
        skipBlanks();
        if (take('}')) {
            return close(node, at);
        }
        do {
            skipBlanks();
            if (at >= end || bytes[at] != '"' || !string()) {
                return false;
            }
            skipBlanks();
            if (!take(':')) {
                return false;
            }
            skipBlanks();
            if (!value(depth + 1)) {
                return false;
            }
            skipBlanks();
        } while (take(','));
        return take('}') && close(node, at);
    }

    private boolean array(int depth) {
        int node = add(ARRAY, at++);
        skipBlanks();
        if (take(']')) {
            return close(node, at);
        }
        do {
            skipBlanks();
            if (!value(depth + 1)) {
                return false;
            }
            skipBlanks();
        } while (take(','));
        return take(']') && close(node, at);
    }

    private boolean string() {
        int node = add(STRING, ++at);
        while (at < end) {
            byte b = bytes[at++];
            if (b == '"') {
                return close(node, at - 1);
            }
            if (b >= 0 && b < ' ') {
                return false;
            }
            if (b == '\\') {
                nodes[node * WIDTH] = ESCAPED;
                if (!escape()) {
                    return false;
                }
            }
        }
        return false;
    }

    private boolean escape() {
        if (at >= end) {
            return false;
        }
        byte b = bytes[at++];
        if (b != 'u') {
            return "\"\\/bfnrt".indexOf(b) >= 0;
        }
        for (int i = 0; i < 4; i++, at++) {
            if (at >= end || Character.digit(bytes[at], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        int from = at;
        take('-');
        int digits = digits();
        if (digits == 0 || digits > 1 && bytes[at - digits] == '0') {
            return false;
        }
        int kind = INTEGER;
        if (take('.')) {
            kind = DECIMAL;
            if (digits() == 0) {
                return false;
            }
        }
        if (take('e') || take('E')) {
            kind = DECIMAL;
            if (!take('+')) {
                take('-');
            }
            int exponentDigits = digits();
            if (exponentDigits == 0 || exponentDigits > SAFE_EXPONENT_DIGITS && !isDecimal(from)) {
                return false;
            }
        }
        return at - from <= MAX_NUMBER_LENGTH && close(add(kind, from), at);
    }

    /** Whether the text up to here is a number that there is room for: as in Flink, another one is no JSON. */
    private boolean isDecimal(int from) {
        if (at - from > MAX_NUMBER_LENGTH) {
            return false;
        }
        try {
            new BigDecimal(new String(bytes, from, at - from, StandardCharsets.US_ASCII));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private int digits() {
        int from = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at - from;
    }
}
