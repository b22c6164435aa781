package creek.core.connector;

import creek.core.format.Format;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.util.List;
import java.util.Optional;

/**
 * A format as a table uses it.
 *
 * @param name    what the option says
 * @param prefix  what the format's own options start with in the WITH clause: {@code json.}, {@code key.json.}
 * @param options the format's own options, without that prefix
 */
record UsedFormat(String name, Format format, String prefix, Options options) {
    /**
     * The format that an option of the table names; empty if the table does not have it.
     *
     * @throws MissingServiceException if there is no such format
     */
    static Optional<UsedFormat> of(Options all, ConfigOption<String> option, ConnectorRegistry registry) {
        return all.find(option).map(name -> {
            Format format = registry.format(name).orElseThrow(() -> new MissingServiceException(option.key(),
                    "format '" + name + "' is not there; " + TableOptions.known("formats", registry.formatNames())));
            String prefix = option.key().substring(0, option.key().length() - TableOptions.FORMAT.key().length()) + name + ".";
            return new UsedFormat(name, format, prefix, all.withPrefix(prefix));
        });
    }

    List<ConfigOption<?>> declared() {
        return format.options().stream().<ConfigOption<?>>map(option -> option.withPrefix(prefix)).toList();
    }
}
