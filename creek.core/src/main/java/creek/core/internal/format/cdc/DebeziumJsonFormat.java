package creek.core.internal.format.cdc;

import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** The format {@code debezium-json}: what Debezium says of changes in databases. */
@Component(service = Format.class, property = Format.NAME + "=debezium-json")
public final class DebeziumJsonFormat extends ChangeFormat {
    private static final ConfigOption<Boolean> SCHEMA_INCLUDE = ConfigOption.withDefault("schema-include", Boolean.class, false,
            "Whether records hold their schema, and the change in the field 'payload'. Only for reading.");
    private static final Change.Words WORDS = new Change.Words(Map.of("c", Change.INSERT, "r", Change.INSERT, "u", Change.UPDATE, "d",
            Change.DELETE));

    public DebeziumJsonFormat() {
        super(List.of(SCHEMA_INCLUDE));
    }

    @Override
    public RowDecoder createDecoder(DecoderContext context) {
        return BeforeAfterDecoder.of(JSON, context, context.options().get(SCHEMA_INCLUDE) ? "payload" : null, "op", WORDS,
                isLenient(context.options()));
    }

    @Override
    public RowEncoder createEncoder(EncoderContext context) {
        if (context.options().get(SCHEMA_INCLUDE)) {
            throw new OptionException(SCHEMA_INCLUDE.key(), "'schema-include' is for reading only: leave it out of a table that is written to");
        }
        return encoder(context, "{\"before\":null,\"after\":#,\"op\":\"c\"}", "{\"before\":#,\"after\":null,\"op\":\"d\"}",
                "\"before\":null,", "\"after\":null,");
    }
}
