package creek.core.function;

import creek.core.data.Utf8;

/**
 * A text without which a regular expression can't match: the longest run of plain characters outside of all groups. So most strings without a match are told
 * by a search for it, and in others a match need not be looked for from the start. Expressions that are not understood have none.
 */
final class NeededText {
    private static final int UNBOUNDED = 1 << 20;
    /** What characters matched by a class, or by a point, take at most in a Java string. */
    private static final int ANY_CHARACTER = 2;

    /** Something in the expression is not known here. */
    private static final class UnknownException extends Exception {
        private static final long serialVersionUID = 1;

        UnknownException() {
            super(null, null, false, false);
        }
    }

    private final String regex;
    private int at;
    private String longest = "";
    private Utf8 bytes;
    private int before;

    private NeededText(String regex) {
        this.regex = regex;
    }

    /** Of a regular expression without flags; null if there is none. */
    static NeededText of(String regex) {
        NeededText text = new NeededText(regex);
        try {
            text.sequence(true);
            text.bytes = Utf8.of(text.longest);
            // what is no character in the bytes is that one in a string
            return text.at < regex.length() || text.longest.isEmpty() || text.longest.indexOf(0xFFFD) >= 0 ? null : text;
        } catch (UnknownException e) {
            return null;
        }
    }

    /** The first byte of the first occurrence in the string; -1 if there is none, so that no match is there. */
    int placeIn(Utf8 string) {
        return Strings.indexOf(string, 0, bytes);
    }

    /** Where a match begins at the earliest, in a string that has this text at that place first. */
    int earliestMatch(int place) {
        return Math.max(0, place - before);
    }

    /** Where in the string a match begins at the earliest; -1 if there is none. */
    int earliestMatch(String string) {
        int place = string.indexOf(longest);
        return place < 0 ? -1 : earliestMatch(place);
    }

    private boolean isNext(char c) {
        return at < regex.length() && regex.charAt(at) == c;
    }

    /** Reads elements up to a bar, the parenthesis that closes a group, or the end, and returns how many characters they match at most. */
    private int sequence(boolean outermost) throws UnknownException {
        int width = 0;
        StringBuilder run = new StringBuilder();
        while (at < regex.length() && !isNext('|') && !isNext(')')) {
            boolean plain = isPlain();
            int most = element();
            int end = at;
            int times = times();
            if (plain && at == end) {
                run.append(regex, end - 1, end);
            } else {
                run.setLength(0);
            }
            width = (int) Math.min(UNBOUNDED, width + (long) most * times);
            if (outermost && run.length() > longest.length()) {
                longest = run.toString();
                before = width == UNBOUNDED ? Integer.MAX_VALUE : width - run.length();
            }
        }
        return width;
    }

    /** Whether the next element is a character that stands for itself. */
    private boolean isPlain() {
        char c = regex.charAt(at);
        return c == '\\' ? at + 1 < regex.length() && !Character.isLetterOrDigit(regex.charAt(at + 1)) : "([.^$".indexOf(c) < 0;
    }

    /** Reads an element and returns how many characters it matches at most. */
    private int element() throws UnknownException {
        char c = regex.charAt(at++);
        switch (c) {
            case '(':
                return group();
            case '[':
                return characterClass();
            case '.':
                return ANY_CHARACTER;
            case '^', '$':
                return 0;
            case '\\':
                return escape();
            case '*', '+', '?', '{':
                throw new UnknownException();
            default:
                if (Character.isSurrogate(c)) {
                    throw new UnknownException();
                }
                return 1;
        }
    }

    private int escape() throws UnknownException {
        char c = at < regex.length() ? regex.charAt(at++) : 'Q';
        if ("dDsSwW".indexOf(c) >= 0) {
            return ANY_CHARACTER;
        }
        if ("bBAzZ".indexOf(c) >= 0) {
            return 0;
        }
        if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
            throw new UnknownException();
        }
        return 1;
    }

    private int group() throws UnknownException {
        if (isNext('?')) {
            if (!regex.startsWith("?:", at)) {
                throw new UnknownException();
            }
            at += 2;
        }
        int width = sequence(false);
        while (isNext('|')) {
            at++;
            width = Math.max(width, sequence(false));
        }
        if (!isNext(')')) {
            throw new UnknownException();
        }
        at++;
        return width;
    }

    private int characterClass() throws UnknownException {
        if (isNext('^')) {
            at++;
        }
        int start = at;
        while (at < regex.length()) {
            char c = regex.charAt(at++);
            if (c == ']' && at - 1 > start) {
                return ANY_CHARACTER;
            }
            if (c == ']' || c == '[' || c == '&' && isNext('&')) {
                throw new UnknownException();
            }
            if (c == '\\') {
                escape();
            }
        }
        throw new UnknownException();
    }

    /** Reads how often an element is there, where that is said: the most times. */
    private int times() throws UnknownException {
        if (isNext('{')) {
            throw new UnknownException();
        }
        if (!isNext('?') && !isNext('*') && !isNext('+')) {
            return 1;
        }
        int most = isNext('?') ? 1 : UNBOUNDED;
        at++;
        if (isNext('?') || isNext('+')) {
            at++;
        }
        return most;
    }
}
