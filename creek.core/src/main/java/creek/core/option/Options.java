package creek.core.option;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Option texts by key, as a table's WITH clause gives them; read through {@link ConfigOption}s. Immutable. */
public final class Options {
    private final Map<String, String> texts;

    private Options(Map<String, String> texts) {
        this.texts = new TreeMap<>(texts);
    }

    public static Options of(Map<String, String> texts) {
        return new Options(texts);
    }

    /** The value, or the option's default, or null where it has none. */
    public <T> T get(ConfigOption<T> option) {
        String text = texts.get(option.key());
        return text == null ? option.defaultValue() : option.parse(text);
    }

    public <T> Optional<T> find(ConfigOption<T> option) {
        return Optional.ofNullable(get(option));
    }

    public boolean contains(String key) {
        return texts.containsKey(key);
    }

    /** The texts, sorted by key. */
    public Map<String, String> toMap() {
        return Collections.unmodifiableMap(texts);
    }

    /** The options whose keys start with that prefix, which is cut off: for {@code json.} and the like. */
    public Options withPrefix(String prefix) {
        Map<String, String> found = new TreeMap<>();
        texts.forEach((key, text) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), text);
            }
        });
        return new Options(found);
    }

    /**
     * Checks that all required options are there, that all given values are valid and that no other option is given.
     *
     * @param owner   who declares the options, for messages: {@code connector 'filesystem'}
     * @param passing keys that others look after, such as those with a format's prefix
     * @throws OptionException for the first thing that is wrong
     */
    public void check(String owner, List<ConfigOption<?>> declared, Predicate<String> passing) {
        Map<String, ConfigOption<?>> byKey = new TreeMap<>();
        declared.forEach(option -> byKey.put(option.key(), option));
        for (String key : texts.keySet()) {
            ConfigOption<?> option = byKey.get(key);
            if (option != null) {
                get(option);
            } else if (!passing.test(key)) {
                throw new OptionException(key, owner + " has no option '" + key + "'; " + SimilarNames.hint(key, byKey.keySet())
                        + "it has " + String.join(", ", byKey.keySet()));
            }
        }
        for (ConfigOption<?> option : declared) {
            if (option.isRequired() && !texts.containsKey(option.key())) {
                throw new OptionException(option.key(), owner + " needs the option '" + option.key() + "': " + option.help());
            }
        }
    }
}
