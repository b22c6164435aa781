package creek.sql.internal.codegen;

import java.util.List;

/** Names and literals of Java source. */
public final class JavaNames {
    static final List<String> RESERVED = List.of("abstract", "assert", "boolean", "break", "byte", "case", "catch", "char", "class", "const",
            "continue", "default", "do", "double", "else", "enum", "extends", "final", "finally", "float", "for", "goto", "if", "implements",
            "import", "instanceof", "int", "interface", "long", "native", "new", "package", "private", "protected", "public", "return",
            "short", "static", "strictfp", "super", "switch", "synchronized", "this", "throw", "throws", "transient", "try", "void",
            "volatile", "while", "true", "false", "null", "var", "record", "yield",
            // variables of the generated methods
            "in", "out", "row", "context", "left", "right", "input", "output", "other", "key");

    private JavaNames() {
    }

    /** Whether a name means something else in Java, or in what is generated. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    /** The text made an identifier: what can't stand in one becomes an underscore. */
    static String identifier(String text, int maxLength) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length() && name.length() < maxLength; i++) {
            char c = text.charAt(i);
            boolean fits = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' && name.length() > 0;
            if (fits || name.length() > 0 && name.charAt(name.length() - 1) != '_') {
                name.append(fits ? c : '_');
            }
        }
        return name.length() == 0 ? "value" : name.toString();
    }

    /** A string literal, in ASCII. */
    public static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> {
                    if (c >= ' ' && c < 0x7F) {
                        literal.append(c);
                    } else {
                        literal.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        return literal.append('"').toString();
    }
}
