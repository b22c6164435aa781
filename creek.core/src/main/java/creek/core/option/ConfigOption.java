package creek.core.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * An option as a connector or format declares it. Immutable.
 *
 * @param <T> what a valid value parses to: String, Boolean, Integer, Long, {@link java.time.Duration}, {@link MemorySize} or an enum
 */
public final class ConfigOption<T> {
    private final String key;
    private final Class<T> type;
    private final T defaultValue;
    private final boolean required;
    private final boolean secret;
    private final String help;

    private ConfigOption(String key, Class<T> type, T defaultValue, boolean required, boolean secret, String help) {
        this.key = Objects.requireNonNull(key, "key");
        this.type = Objects.requireNonNull(type, "type");
        this.defaultValue = defaultValue;
        this.required = required;
        this.secret = secret;
        this.help = Objects.requireNonNull(help, "help");
    }

    /** An option that may be left out and then has no value. */
    public static <T> ConfigOption<T> optional(String key, Class<T> type, String help) {
        return new ConfigOption<>(key, type, null, false, false, help);
    }

    /** An option that may be left out and then has that value. */
    public static <T> ConfigOption<T> withDefault(String key, Class<T> type, T defaultValue, String help) {
        return new ConfigOption<>(key, type, Objects.requireNonNull(defaultValue, "defaultValue"), false, false, help);
    }

    public static <T> ConfigOption<T> required(String key, Class<T> type, String help) {
        return new ConfigOption<>(key, type, null, true, false, help);
    }

    /** This option with a value that is never shown. */
    public ConfigOption<T> asSecret() {
        return new ConfigOption<>(key, type, defaultValue, required, true, help);
    }

    /** This option under a key with that prefix: {@code json.} before a format's own key, say. */
    public ConfigOption<T> withPrefix(String prefix) {
        return new ConfigOption<>(prefix + key, type, defaultValue, required, secret, help);
    }

    public String key() {
        return key;
    }

    public Class<T> type() {
        return type;
    }

    /** The value where the option is left out, or null. */
    public T defaultValue() {
        return defaultValue;
    }

    public boolean isRequired() {
        return required;
    }

    public boolean isSecret() {
        return secret;
    }

    /** One line for people. */
    public String help() {
        return help;
    }

    /** The value of that text, or an {@link OptionException} that says what would be right. */
    T parse(String text) {
        try {
            return type.cast(type.isEnum() ? parseEnum(text) : OptionParser.parse(type, text));
        } catch (IllegalArgumentException e) {
            String shown = secret ? "its value" : "'" + text + "'";
            throw new OptionException(key, "option '" + key + "': " + shown + " is not " + e.getMessage());
        }
    }

    private Object parseEnum(String text) {
        List<String> known = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            String name = optionText((Enum<?>) constant);
            if (name.equalsIgnoreCase(text) || ((Enum<?>) constant).name().equalsIgnoreCase(text)) {
                return constant;
            }
            known.add("'" + name + "'");
        }
        throw new IllegalArgumentException("one of " + String.join(", ", known));
    }

    /** How a constant is written as an option value: {@code AT_LEAST_ONCE} is {@code at-least-once}. */
    public static String optionText(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
