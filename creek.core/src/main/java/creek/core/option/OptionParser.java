package creek.core.option;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Option texts to values, in Flink's notation. A thrown message completes the sentence "'x' is not …". */
final class OptionParser {
    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,18})\\s*([a-zµ]*)");

    private OptionParser() {
    }

    static Object parse(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        }
        String value = text.trim();
        if (type == Boolean.class) {
            return parseBoolean(value);
        }
        if (type == Integer.class) {
            return (int) parseLong(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (type == Long.class) {
            return parseLong(value, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == Double.class) {
            return parseDouble(value);
        }
        if (type == Duration.class) {
            return parseDuration(value);
        }
        if (type == MemorySize.class) {
            return new MemorySize(parseBytes(value));
        }
        throw new IllegalStateException("options of " + type + " are not known");
    }

    private static Boolean parseBoolean(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    private static long parseLong(String value, long min, long max) {
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, in words of the option
        }
        throw new IllegalArgumentException("a whole number from " + min + " to " + max);
    }

    private static double parseDouble(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number");
        }
    }

    private static Duration parseDuration(String value) {
        Matcher quantity = QUANTITY.matcher(value.toLowerCase(Locale.ROOT));
        if (quantity.matches()) {
            try {
                long count = Long.parseLong(quantity.group(1));
                switch (quantity.group(2)) {
                    case "", "ms", "milli", "millis", "millisecond", "milliseconds":
                        return Duration.ofMillis(count);
                    case "s", "sec", "secs", "second", "seconds":
                        return Duration.ofSeconds(count);
                    case "m", "min", "minute", "minutes":
                        return Duration.ofMinutes(count);
                    case "h", "hour", "hours":
                        return Duration.ofHours(count);
                    case "d", "day", "days":
                        return Duration.ofDays(count);
                    case "us", "µs", "micro", "micros", "microsecond", "microseconds":
                        return Duration.ofNanos(Math.multiplyExact(count, 1000));
                    case "ns", "nano", "nanos", "nanosecond", "nanoseconds":
                        return Duration.ofNanos(count);
                    default:
                }
            } catch (ArithmeticException e) {
                // said below
            }
        }
        throw new IllegalArgumentException("a duration such as '10 s', '5 min', '1 h' or '200 ms'");
    }

    private static long parseBytes(String value) {
        Matcher quantity = QUANTITY.matcher(value.toLowerCase(Locale.ROOT));
        if (quantity.matches()) {
            int shift = switch (quantity.group(2)) {
                case "", "b", "bytes" -> 0;
                case "k", "kb", "kibibytes" -> 10;
                case "m", "mb", "mebibytes" -> 20;
                case "g", "gb", "gibibytes" -> 30;
                case "t", "tb", "tebibytes" -> 40;
                default -> -1;
            };
            long count = Long.parseLong(quantity.group(1));
            if (shift >= 0 && count <= Long.MAX_VALUE >> shift) {
                return count << shift;
            }
        }
        throw new IllegalArgumentException("a size such as '64 mb', '512 kb' or '1024'");
    }
}
