package creek.core.function;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a {@link JsonPath}. */
final class JsonPathParser {
    private static final Pattern FUNCTION = Pattern.compile("\\w+\\(.*\\)");
    private static final Pattern SLICE = Pattern.compile("(-?\\d{1,9})?\\s*:\\s*(-?\\d{1,9})?");
    private static final Pattern INDEX = Pattern.compile("-?\\d{1,9}");

    private final String text;
    private final List<JsonStep> steps = new ArrayList<>();
    private int at = 1;

    /** @param text begins with $, or is empty */
    JsonPathParser(String text) {
        this.text = text;
    }

    JsonPath parse(boolean lax) {
        if (text.isEmpty()) {
            throw wrong("it must start with $");
        }
        while (at < text.length()) {
            if (!steps.isEmpty() && steps.get(steps.size() - 1) instanceof JsonPathFunction) {
                throw wrong("a function must be its last step");
            }
            if (text.startsWith("..", at)) {
                at++;
                steps.add(new JsonStep.Deep());
            }
            if (text.charAt(at) == '.') {
                at++;
                dotted();
            } else if (text.charAt(at) == '[') {
                at++;
                bracketed();
            } else {
                throw wrong("'.' or '[' is expected at character " + (at + 1));
            }
        }
        return new JsonPath(lax, steps);
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("JSON path '" + text + "': " + what);
    }

    private void dotted() {
        int from = at;
        while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[' && text.charAt(at) != '(') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '(') {
            at = text.indexOf(')', at) + 1 == 0 ? text.length() : text.indexOf(')', at) + 1;
        }
        String name = text.substring(from, at).strip();
        if (name.isEmpty() && !(at < text.length() && text.charAt(at) == '[')) {
            throw wrong("a name is missing at character " + (from + 1));
        }
        if (!name.isEmpty()) {
            steps.add(name.equals("*") ? new JsonStep.Any() : FUNCTION.matcher(name).matches() ? JsonPathFunction.of(name) : new JsonStep.Name(name));
        }
    }

    private void bracketed() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        char first = at < text.length() ? text.charAt(at) : ' ';
        if (first == '\'' || first == '"') {
            names();
            return;
        }
        if (first == '?') {
            int end = endOfFilter(at);
            steps.add(JsonFilter.of(text.substring(at, end)));
            at = end + 1;
            return;
        }
        int end = text.indexOf(']', at);
        String inside = end < 0 ? "" : text.substring(at, end).strip();
        Matcher slice = SLICE.matcher(inside);
        if (inside.equals("*")) {
            steps.add(new JsonStep.Any());
        } else if (slice.matches()) {
            steps.add(new JsonStep.Slice(integer(slice.group(1)), integer(slice.group(2))));
        } else {
            List<Integer> places = new ArrayList<>();
            for (String place : inside.split(",", -1)) {
                if (!INDEX.matcher(place.strip()).matches()) {
                    throw wrong("names in quotes, indexes, a slice, a filter or * are expected at character " + (at + 1));
                }
                places.add(Integer.valueOf(place.strip()));
            }
            steps.add(places.size() == 1 ? new JsonStep.Index(places.get(0)) : new JsonStep.Indexes(places));
        }
        at = end + 1;
    }

    private static Integer integer(String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }

    private void names() {
        List<String> names = new ArrayList<>();
        while (true) {
            char quote = at < text.length() ? text.charAt(at) : ' ';
            int end = quote == '\'' || quote == '"' ? endOfString(at) : -1;
            if (end < 0) {
                throw wrong("a name in quotes is expected at character " + (at + 1));
            }
            names.add(text.substring(at + 1, end));
            at = end + 1;
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == ',')) {
                at++;
            }
            if (at < text.length() && text.charAt(at) == ']') {
                at++;
                steps.add(names.size() == 1 ? new JsonStep.Name(names.get(0)) : new JsonStep.Names(names));
                return;
            }
        }
    }

    /** Where a string in quotes ends; -1 if it does not. */
    private int endOfString(int start) {
        return text.indexOf(text.charAt(start), start + 1);
    }

    /** Where the ] of a filter is. */
    private int endOfFilter(int start) {
        int open = 0;
        for (int i = start; i >= 0 && i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"') {
                i = endOfString(i);
                if (i < 0) {
                    break;
                }
            } else if (c == '[') {
                open++;
            } else if (c == ']' && open-- == 0) {
                return i;
            }
        }
        throw wrong("the filter at character " + start + " has no end");
    }
}
