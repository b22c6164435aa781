package creek.core.job;

import creek.core.connector.Provider;
import java.util.Locale;
import java.util.Optional;

/**
 * What a job uses of another bundle, at one moment.
 *
 * @param kind     what it is
 * @param name     its name: that of the connector, of the format, of the function, of the backend
 * @param use      what the job uses it for: {@code source 'readings'}, {@code sink 'alarms'}, {@code lookup 'rooms'}; empty for functions and backends
 * @param provider who provides it; empty while it is missing
 * @param position of a source's connector, where reading stands, as in {@link creek.core.connector.SourceReader#location}; empty otherwise
 */
public record JobPart(Kind kind, String name, String use, Optional<Provider> provider, Optional<String> position) {
    /** Kinds of parts. */
    public enum Kind {
        CONNECTOR, FORMAT, FUNCTION, BACKEND;

        /** For people. */
        @Override
        public String toString() {
            return this == BACKEND ? "state backend" : name().toLowerCase(Locale.ROOT);
        }
    }
}
