package creek.core.function;

import creek.core.data.Utf8;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A filter of a {@link JsonPath}: {@code ?(@.a > 1 && (@.b == 'x' || !($.c =~ /y.*&#47;i)))}. Compared are paths from the element, {@code @}, or from the
 * root, {@code $}, and numbers, strings, true, false and null.
 */
final class JsonFilter implements JsonStep {
    private static final Pattern OPERATOR = Pattern.compile("==|!=|<=|>=|=~|<|>");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final Pattern WORD = Pattern.compile("true|false|null");
    private static final Pattern REGEX = Pattern.compile("/((?:[^/\\\\]|\\\\.)*)/(i?)");
    /** What a path that leads nowhere is compared as: it is equal to nothing, null included. */
    private static final Object UNDEFINED = new Object();
    private static final int MAX_DEPTH = 50;

    private final String text;
    private final BiPredicate<Object, Object> test;
    private int at;
    private int depth;

    private JsonFilter(String text) {
        this.text = text;
        this.at = text.indexOf('(') + 1;
        if (!text.replace(" ", "").startsWith("?(")) {
            throw wrong("?(...) is expected");
        }
        this.test = either();
        take(")");
        if (!text.substring(at).isBlank()) {
            throw wrong("nothing is expected behind character " + at);
        }
    }

    /** @throws IllegalArgumentException if it is no filter */
    static JsonFilter of(String text) {
        return new JsonFilter(text);
    }

    boolean accepts(Object place, Object root) {
        return test.test(place, root);
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("filter '" + text + "' in a JSON path: " + what);
    }

    private boolean takes(String wanted) {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (!text.startsWith(wanted, at)) {
            return false;
        }
        at += wanted.length();
        return true;
    }

    private void take(String wanted) {
        if (!takes(wanted)) {
            throw wrong(wanted + " is expected at character " + (at + 1));
        }
    }

    /** The rest's beginning, if it is of the pattern. */
    private Matcher takes(Pattern pattern) {
        takes("");
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher;
    }

    private BiPredicate<Object, Object> either() {
        BiPredicate<Object, Object> either = both();
        while (takes("||")) {
            either = either.or(both());
        }
        return either;
    }

    private BiPredicate<Object, Object> both() {
        BiPredicate<Object, Object> both = single();
        while (takes("&&")) {
            both = both.and(single());
        }
        return both;
    }

    private BiPredicate<Object, Object> single() {
        boolean negated = takes("!");
        if (!takes("(")) {
            if (negated) {
                throw wrong("( is expected behind !");
            }
            return comparison();
        }
        if (++depth > MAX_DEPTH) {
            throw wrong("it is nested too deep");
        }
        BiPredicate<Object, Object> inner = either();
        take(")");
        depth--;
        return negated ? inner.negate() : inner;
    }

    /** A value to compare, given the element and the root. */
    private interface Operand {
        Object of(Object place, Object root);
    }

    private BiPredicate<Object, Object> comparison() {
        Operand left = operand();
        Matcher operator = takes(OPERATOR);
        if (operator == null) {
            throw wrong("one of == != < <= > >= =~ is expected at character " + (at + 1));
        }
        if (operator.group().equals("=~")) {
            Pattern pattern = regex();
            return (place, root) -> left.of(place, root) instanceof String string && pattern.matcher(string).matches();
        }
        Operand right = operand();
        return switch (operator.group()) {
            case "==" -> (place, root) -> equal(left.of(place, root), right.of(place, root));
            case "!=" -> (place, root) -> !equal(left.of(place, root), right.of(place, root));
            case "<" -> (place, root) -> order(left.of(place, root), right.of(place, root)) == -1;
            case "<=" -> (place, root) -> List.of(-1, 0).contains(order(left.of(place, root), right.of(place, root)));
            case ">" -> (place, root) -> order(left.of(place, root), right.of(place, root)) == 1;
            default -> (place, root) -> List.of(0, 1).contains(order(left.of(place, root), right.of(place, root)));
        };
    }

    private Pattern regex() {
        Matcher regex = takes(REGEX);
        if (regex == null) {
            throw wrong("/pattern/ is expected at character " + (at + 1));
        }
        try {
            return Pattern.compile(regex.group(1), regex.group(2).isEmpty() ? 0 : Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw wrong(e.getDescription());
        }
    }

    private Operand operand() {
        Matcher number = takes(NUMBER);
        if (number != null) {
            BigDecimal value = new BigDecimal(number.group());
            return (place, root) -> value;
        }
        Matcher word = takes(WORD);
        if (word != null) {
            Object value = word.group().equals("null") ? null : Boolean.valueOf(word.group());
            return (place, root) -> value;
        }
        char first = at < text.length() ? text.charAt(at) : ' ';
        if (first == '\'' || first == '"') {
            int end = text.indexOf(first, at + 1);
            if (end < 0) {
                throw wrong("the string at character " + (at + 1) + " has no end");
            }
            String value = text.substring(at + 1, end);
            at = end + 1;
            return (place, root) -> value;
        }
        if (first != '@' && first != '$') {
            throw wrong("a path, a number, a string, true, false or null is expected at character " + (at + 1));
        }
        JsonPath path = JsonPath.compile(Utf8.of("$" + path()));
        return (place, root) -> {
            try {
                return path.read(first == '@' ? place : root, root);
            } catch (IllegalArgumentException e) {
                return UNDEFINED;
            }
        };
    }

    /** The text of a path behind its first character. */
    private String path() {
        int from = ++at;
        int brackets = 0;
        int parentheses = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ')' && parentheses == 0 || brackets == 0 && " =!<>&|".indexOf(c) >= 0) {
                break;
            }
            brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
            parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
            at++;
        }
        return text.substring(from, at);
    }

    /** A string is compared to a number as what the left one is. */
    private static boolean equal(Object left, Object right) {
        if (left == UNDEFINED || right == UNDEFINED) {
            return false;
        }
        if (left instanceof Number && (right instanceof Number || right instanceof String)) {
            Number number = right instanceof Number value ? value : number(right);
            return number != null && compare((Number) left, number) == 0;
        }
        return left instanceof String && right instanceof Number ? left.equals(right.toString()) : Objects.equals(left, right);
    }

    /** Infinity, which statistics of large numbers may give, is no BigDecimal. */
    private static int compare(Number left, Number right) {
        BigDecimal a = number(left);
        BigDecimal b = number(right);
        return a != null && b != null ? a.compareTo(b) : Double.compare(left.doubleValue(), right.doubleValue());
    }

    /** A number, or what a string says; null if that is none. */
    private static BigDecimal number(Object value) {
        return value instanceof BigDecimal decimal ? decimal : DecimalText.parse(value.toString());
    }

    /** -1, 0 or 1 of numbers and of strings; 2 of others, which have no order. */
    private static int order(Object left, Object right) {
        return left instanceof Number a && right instanceof Number b ? compare(a, b)
                : left instanceof String c && right instanceof String d ? Integer.signum(c.compareTo(d)) : 2;
    }
}
