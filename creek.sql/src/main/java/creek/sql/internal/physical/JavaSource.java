package creek.sql.internal.physical;

import java.util.Locale;

/** How generated source looks: names, comments, indentation. */
final class JavaSource {
    private static final String STEP = "    ";
    private static final int LONGEST_NAME = 40;

    private JavaSource() {
    }

    /** {@code per_device} as {@code perDevice}. */
    static String camelCase(String text) {
        String name = upperCamelCase(text);
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** {@code per_device} as {@code PerDevice}. */
    static String upperCamelCase(String text) {
        StringBuilder name = new StringBuilder();
        boolean upper = true;
        for (char c : text.toCharArray()) {
            boolean fits = c < 0x80 && Character.isLetterOrDigit(c) && (name.length() > 0 || Character.isLetter(c));
            if (fits && name.length() < LONGEST_NAME) {
                name.append(upper ? Character.toUpperCase(c) : c);
            }
            upper = !fits;
        }
        return name.length() == 0 ? "Table" : name.toString();
    }

    /** {@code perDevice} as {@code PER_DEVICE}. */
    static String upperSnakeCase(String text) {
        return upperCamelCase(text).replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    /** Text that can stand in a comment of one line. */
    static String comment(String text, int longest) {
        String line = text.replaceAll("\\s+", " ").replace("*/", "* /").replace("\\", "/").replaceAll("[^\\x20-\\x7E]", "?");
        return line.length() <= longest ? line : line.substring(0, longest) + "...";
    }

    /** The source with each line as far in as its braces say. */
    static String indent(String source) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        boolean continued = false;
        for (String line : source.split("\n", -1)) {
            String code = line.strip();
            if (code.startsWith("}")) {
                depth--;
            }
            int steps = depth + (continued ? 2 : 0);
            text.append(code.isEmpty() ? "" : STEP.repeat(Math.max(0, steps)) + code).append('\n');
            if (code.endsWith("{")) {
                depth++;
            }
            continued = !code.isEmpty() && !code.endsWith("{") && !code.endsWith("}") && !code.endsWith(";") && !code.endsWith("*/");
        }
        return text.toString().stripTrailing() + "\n";
    }
}
