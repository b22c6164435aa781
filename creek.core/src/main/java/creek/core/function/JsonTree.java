package creek.core.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads JSON text into a tree: {@code Map} (in order of keys), {@code List}, {@code String}, {@code Integer}, {@code Long}, {@code BigInteger},
 * {@code Double}, {@code Boolean}, null.
 */
final class JsonTree {
    /** Deeper nesting is refused: it comes from an attack rather than a device. */
    private static final int MAX_DEPTH = 500;
    private static final int MAX_NUMBER_LENGTH = 1000;

    private final String text;
    private int at;

    private JsonTree(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if the text is not one JSON value */
    static Object parse(String text) {
        JsonTree tree = new JsonTree(text);
        tree.skipBlanks();
        Object value = tree.value(0);
        tree.skipBlanks();
        if (tree.at < text.length()) {
            throw tree.wrong("nothing more");
        }
        return value;
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException("not JSON: " + wanted + " is expected at character " + (at + 1));
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char next() {
        if (at >= text.length()) {
            throw wrong("more");
        }
        return text.charAt(at);
    }

    private void take(char wanted) {
        if (next() != wanted) {
            throw wrong("'" + wanted + "'");
        }
        at++;
    }

    private Object value(int depth) {
        if (depth > MAX_DEPTH) {
            throw wrong("less than " + MAX_DEPTH + " levels of nesting");
        }
        return switch (next()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong("a value");
        }
        at += word.length();
        return value;
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> object = new TreeMap<>();
        take('{');
        skipBlanks();
        if (next() == '}') {
            at++;
            return object;
        }
        while (true) {
            skipBlanks();
            String key = string();
            skipBlanks();
            take(':');
            skipBlanks();
            object.put(key, value(depth + 1));
            skipBlanks();
            if (next() == '}') {
                at++;
                return object;
            }
            take(',');
        }
    }

    private List<Object> array(int depth) {
        List<Object> array = new ArrayList<>();
        take('[');
        skipBlanks();
        if (next() == ']') {
            at++;
            return array;
        }
        while (true) {
            skipBlanks();
            array.add(value(depth + 1));
            skipBlanks();
            if (next() == ']') {
                at++;
                return array;
            }
            take(',');
        }
    }

    private String string() {
        take('"');
        StringBuilder string = new StringBuilder();
        while (true) {
            char c = next();
            at++;
            if (c == '"') {
                return string.toString();
            }
            if (c < ' ') {
                throw wrong("an escape for control characters");
            }
            string.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = next();
        at++;
        switch (c) {
            case '"', '\\', '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(next(), 16);
                    if (digit < 0) {
                        throw wrong("a hexadecimal digit");
                    }
                    code = code * 16 + digit;
                    at++;
                }
                return (char) code;
            default:
                throw wrong("an escape");
        }
    }

    private Number number() {
        int from = at;
        if (next() == '-') {
            at++;
        }
        int digits = digits();
        if (digits == 0 || digits > 1 && text.charAt(at - digits) == '0') {
            throw wrong("a value");
        }
        boolean integer = true;
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            integer = false;
            if (digits() == 0) {
                throw wrong("a digit");
            }
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            integer = false;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            if (digits() == 0) {
                throw wrong("a digit");
            }
        }
        String number = text.substring(from, at);
        if (number.length() > MAX_NUMBER_LENGTH) {
            throw wrong("a shorter number");
        }
        return integer ? narrowed(new BigInteger(number)) : (Number) Double.valueOf(number);
    }

    private static Number narrowed(BigInteger number) {
        return number.bitLength() < Integer.SIZE ? (Number) number.intValue() : number.bitLength() < Long.SIZE ? number.longValue() : number;
    }

    private int digits() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    /** The tree as JSON text, without blanks. */
    static void write(Object value, StringBuilder text) {
        if (value instanceof Map<?, ?> object) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : object.entrySet()) {
                text.append(separator);
                quote((String) entry.getKey(), text);
                write(entry.getValue(), text.append(':'));
                separator = ",";
            }
            text.append(object.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> array) {
            String separator = "[";
            for (Object element : array) {
                write(element, text.append(separator));
                separator = ",";
            }
            text.append(array.isEmpty() ? "[]" : "]");
        } else if (value instanceof String string) {
            quote(string, text);
        } else if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
            text.append(BigDecimal.valueOf(number));
        } else {
            text.append(value);
        }
    }

    static void quote(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < ' ') {
                        text.append(String.format("\\u%04X", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
