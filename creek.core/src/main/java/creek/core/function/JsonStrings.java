package creek.core.function;

/** Strings within JSON text: with escape sequences and without. */
final class JsonStrings {
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String CHARACTERS = "\"\\/\b\f\n\r\t";

    private JsonStrings() {
    }

    /** The characters of a string that is written so between quotes. @throws IllegalArgumentException for an escape sequence that is none */
    static String unescape(String text) {
        StringBuilder string = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                string.append(c);
            } else if (++i < text.length() && text.charAt(i) == 'u' && i + 4 < text.length()) {
                string.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                int known = i < text.length() ? ESCAPES.indexOf(text.charAt(i)) : -1;
                if (known < 0) {
                    throw new IllegalArgumentException("not an escape sequence of JSON at character " + i + " of '" + text + "'");
                }
                string.append(CHARACTERS.charAt(known));
            }
        }
        return string.toString();
    }

    /** A string in quotes. */
    static void quote(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            int known = c == '/' ? -1 : CHARACTERS.indexOf(c);
            if (known >= 0) {
                text.append('\\').append(ESCAPES.charAt(known));
            } else if (c < ' ') {
                text.append(String.format("\\u%04X", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
