package creek.core.internal.format.cdc;

import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.osgi.service.component.annotations.Component;

/** The format {@code canal-json}: what Canal says of changes in MySQL databases. */
@Component(service = Format.class, property = Format.NAME + "=canal-json")
public final class CanalJsonFormat extends ChangeFormat {
    private static final ConfigOption<String> DATABASES = ConfigOption.optional("database.include", String.class,
            "A regular expression; only changes in databases whose names it matches as a whole are read.");
    private static final ConfigOption<String> TABLES = ConfigOption.optional("table.include", String.class,
            "A regular expression; only changes of tables whose names it matches as a whole are read.");
    private static final Change.Words WORDS = new Change.Words(Map.of("INSERT", Change.INSERT, "UPDATE", Change.UPDATE, "DELETE",
            Change.DELETE, "CREATE", Change.OTHER));

    public CanalJsonFormat() {
        super(List.of(DATABASES, TABLES));
    }

    @Override
    public RowDecoder createDecoder(DecoderContext context) {
        return DataOldDecoder.of(JSON, context, true, WORDS, pattern(DATABASES, context.options()), pattern(TABLES, context.options()),
                isLenient(context.options()));
    }

    private static Pattern pattern(ConfigOption<String> option, Options options) {
        try {
            return options.find(option).map(Pattern::compile).orElse(null);
        } catch (PatternSyntaxException e) {
            throw new OptionException(option.key(), "'" + option.key() + "' is no regular expression: " + e.getMessage());
        }
    }

    @Override
    public RowEncoder createEncoder(EncoderContext context) {
        return encoder(context, "{\"data\":[#],\"type\":\"INSERT\"}", "{\"data\":[#],\"type\":\"DELETE\"}");
    }
}
