package creek.core.internal.format.csv;

import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a CSV file is written.
 *
 * @param quote          what fields may be enclosed in, or {@link #NONE}
 * @param escape         what takes the meaning from the character after it, or {@link #NONE}
 * @param nullLiteral    the text that is NULL, or null
 * @param arrayDelimiter what stands between the elements of an ARRAY and the fields of a ROW
 */
record CsvDialect(byte delimiter, byte quote, byte escape, boolean comments, byte[] nullLiteral, byte arrayDelimiter) {
    /** Stands for a character that there is not. UTF-8 has no such byte, but damaged text may: compare with this before comparing bytes. */
    static final byte NONE = -1;

    static final ConfigOption<String> FIELD_DELIMITER = ConfigOption.withDefault("field-delimiter", String.class, ",",
            "The character between fields; \\t and the like are understood.");
    static final ConfigOption<Boolean> DISABLE_QUOTES = ConfigOption.withDefault("disable-quote-character", Boolean.class, false,
            "Whether quotes have no meaning.");
    static final ConfigOption<String> QUOTE_CHARACTER = ConfigOption.optional("quote-character", String.class,
            "The character that encloses fields, \" unless given.");
    static final ConfigOption<String> ESCAPE_CHARACTER = ConfigOption.optional("escape-character", String.class,
            "The character that takes the meaning from the one after it; there is none unless given.");
    static final ConfigOption<Boolean> ALLOW_COMMENTS = ConfigOption.withDefault("allow-comments", Boolean.class, false,
            "Whether lines that start with # are left out.");
    static final ConfigOption<Boolean> IGNORE_PARSE_ERRORS = ConfigOption.withDefault("ignore-parse-errors", Boolean.class, false,
            "Whether records with too many fields are left out, and missing fields and those not of their column's type are NULL.");
    static final ConfigOption<String> ARRAY_ELEMENT_DELIMITER = ConfigOption.withDefault("array-element-delimiter", String.class, ";",
            "The character between the elements of an ARRAY and the fields of a ROW.");
    static final ConfigOption<String> NULL_LITERAL = ConfigOption.optional("null-literal", String.class,
            "The text that stands for NULL; none unless given.");
    static final ConfigOption<Boolean> SCIENTIFIC_DECIMALS = ConfigOption.withDefault("write-bigdecimal-in-scientific-notation",
            Boolean.class, true, "Whether decimals may be written with an exponent.");
    static final List<ConfigOption<?>> OPTIONS = List.of(FIELD_DELIMITER, DISABLE_QUOTES, QUOTE_CHARACTER, ESCAPE_CHARACTER, ALLOW_COMMENTS,
            IGNORE_PARSE_ERRORS, ARRAY_ELEMENT_DELIMITER, NULL_LITERAL, SCIENTIFIC_DECIMALS);

    private static final Pattern UNICODE = Pattern.compile("\\\\u+([0-9a-fA-F]{4})");

    /** @throws OptionException for what is not a single character, and for quotes that are both given and disabled */
    static CsvDialect of(Options options) {
        boolean quotesDisabled = options.get(DISABLE_QUOTES);
        if (quotesDisabled && options.contains(QUOTE_CHARACTER.key())) {
            throw new OptionException(QUOTE_CHARACTER.key(),
                    "'quote-character' can't be given when 'disable-quote-character' is 'true': leave out one of them");
        }
        String quote = options.get(QUOTE_CHARACTER);
        String escape = options.get(ESCAPE_CHARACTER);
        String nullLiteral = options.get(NULL_LITERAL);
        return new CsvDialect(character(FIELD_DELIMITER, unescape(options.get(FIELD_DELIMITER))),
                quotesDisabled ? NONE : quote == null ? (byte) '"' : character(QUOTE_CHARACTER, quote),
                escape == null ? NONE : character(ESCAPE_CHARACTER, escape), options.get(ALLOW_COMMENTS),
                nullLiteral == null ? null : nullLiteral.getBytes(StandardCharsets.UTF_8),
                character(ARRAY_ELEMENT_DELIMITER, options.get(ARRAY_ELEMENT_DELIMITER)));
    }

    private static byte character(ConfigOption<String> option, String text) {
        if (text.length() != 1 || text.charAt(0) >= 0x80 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
            throw new OptionException(option.key(), "'" + option.key() + "' must be a single ASCII character other than a line end, not '"
                    + text + "'");
        }
        return (byte) text.charAt(0);
    }

    private static String unescape(String text) {
        String unicode = UNICODE.matcher(text).replaceAll(match -> {
            char c = (char) Integer.parseInt(match.group(1), 16);
            return Matcher.quoteReplacement(String.valueOf(c));
        });
        try {
            return unicode.translateEscapes();
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
