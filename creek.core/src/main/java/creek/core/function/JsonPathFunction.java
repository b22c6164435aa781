package creek.core.function;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The function at the end of a {@link JsonPath}: of an array's numbers, of its elements, or of what has a length. */
record JsonPathFunction(String name, int argument) implements JsonStep {
    private static final Pattern CALL = Pattern.compile("(\\w+)\\(\\s*(-?\\d{0,9})\\s*\\)");
    private static final Set<String> NAMES = Set.of("min", "max", "avg", "sum", "stddev", "length", "size", "keys", "first", "last", "index");

    /** @throws IllegalArgumentException for a function that there is not */
    static JsonPathFunction of(String call) {
        Matcher parts = CALL.matcher(call);
        boolean known = parts.matches() && NAMES.contains(parts.group(1)) && parts.group(2).isEmpty() != parts.group(1).equals("index");
        if (!known) {
            throw new IllegalArgumentException("a JSON path has the functions min(), max(), avg(), sum(), stddev(), length(), size(), keys(), "
                    + "first(), last() and index(n), not " + call);
        }
        return new JsonPathFunction(parts.group(1), parts.group(2).isEmpty() ? 0 : Integer.parseInt(parts.group(2)));
    }

    /** @throws IllegalArgumentException if the value has no such thing */
    Object of(Object value) {
        return switch (name) {
            case "length", "size" -> value instanceof Collection<?> array ? (Object) array.size() : value instanceof Map<?, ?> object ? object.size() : null;
            case "keys" -> {
                if (!(value instanceof Map<?, ?> object)) {
                    throw wrong("an object");
                }
                yield new ArrayList<>(object.keySet());
            }
            case "first" -> element(value, 0);
            case "last" -> element(value, -1);
            case "index" -> element(value, argument);
            default -> statistic(value);
        };
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException(name + "() in a JSON path needs " + wanted);
    }

    private Object element(Object value, int place) {
        List<?> array = value instanceof List<?> list ? list : List.of();
        int i = place < 0 ? array.size() + place : place;
        if (i < 0 || i >= array.size()) {
            throw wrong("an array with that element");
        }
        return array.get(i);
    }

    private Object statistic(Object value) {
        double[] numbers = value instanceof List<?> array
                ? array.stream().filter(Number.class::isInstance).mapToDouble(each -> ((Number) each).doubleValue()).toArray() : new double[0];
        if (numbers.length == 0) {
            throw wrong("an array of numbers");
        }
        double least = numbers[0];
        double greatest = numbers[0];
        double sum = 0;
        double squares = 0;
        for (double number : numbers) {
            least = Math.min(least, number);
            greatest = Math.max(greatest, number);
            sum += number;
            squares += number * number;
        }
        double average = sum / numbers.length;
        return switch (name) {
            case "min" -> least;
            case "max" -> greatest;
            case "sum" -> sum;
            case "avg" -> average;
            default -> Math.sqrt(squares / numbers.length - average * average);
        };
    }
}
