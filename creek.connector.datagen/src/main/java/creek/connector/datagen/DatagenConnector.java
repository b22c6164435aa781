package creek.connector.datagen;

import creek.core.connector.Connector;
import creek.core.connector.SourceContext;
import creek.core.connector.SourceReader;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Makes rows up, at a steady rate: random ones, or sequences. */
@Component(property = Connector.NAME + "=datagen")
@Capability(namespace = Connector.NAME, name = "datagen")
public final class DatagenConnector implements Connector {
    static final ConfigOption<Long> ROWS_PER_SECOND =
            ConfigOption.withDefault("rows-per-second", Long.class, 10_000L, "how many rows to make in a second");
    static final ConfigOption<Long> NUMBER_OF_ROWS =
            ConfigOption.optional("number-of-rows", Long.class, "how many rows to make in all; without it there is no end");

    private static final long MOST_PER_SECOND = 1_000_000_000;
    private static final List<ConfigOption<?>> OPTIONS = List.of(ROWS_PER_SECOND, NUMBER_OF_ROWS);

    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSink() {
        return false;
    }

    @Override
    public boolean usesFormat() {
        return false;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return OPTIONS;
    }

    @Override
    public boolean acceptsOption(String key) {
        return key.startsWith(FieldOptions.PREFIX);
    }

    @Override
    public void validate(Options options, Schema schema) {
        requireRange(options, ROWS_PER_SECOND, 1, MOST_PER_SECOND);
        requireRange(options, NUMBER_OF_ROWS, 0, Long.MAX_VALUE);
        FieldOptions fields = new FieldOptions(options);
        GeneratorFactory factory = new GeneratorFactory(fields, Clock.systemUTC());
        for (int i = 0; i < schema.size(); i++) {
            factory.create(schema.name(i), schema.type(i));
        }
        options.check("connector 'datagen'", fields.declared(), key -> !acceptsOption(key));
    }

    private static void requireRange(Options options, ConfigOption<Long> option, long least, long most) {
        Long value = options.get(option);
        if (value != null && (value < least || value > most)) {
            throw new OptionException(option.key(), "option '" + option.key() + "' must be from " + least + " to " + most + ", not " + value);
        }
    }

    @Override
    public boolean isBounded(Options options) {
        return rows(options).isPresent();
    }

    /** How many rows there are; empty if there is no end. */
    static OptionalLong rows(Options options) {
        OptionalLong sequences = FieldOptions.sequenceRows(options);
        Long number = options.get(NUMBER_OF_ROWS);
        return number == null ? sequences : OptionalLong.of(Math.min(number, sequences.orElse(number)));
    }

    @Override
    public SourceReader createReader(SourceContext context) {
        return new DatagenReader(context);
    }
}
