package creek.core.internal.format.cdc;

import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** The format {@code ogg-json}: what Oracle GoldenGate says of changes in databases. */
@Component(service = Format.class, property = Format.NAME + "=ogg-json")
public final class OggJsonFormat extends ChangeFormat {
    private static final Change.Words WORDS = new Change.Words(Map.of("I", Change.INSERT, "U", Change.UPDATE, "D", Change.DELETE));

    public OggJsonFormat() {
        super(List.of());
    }

    @Override
    public RowDecoder createDecoder(DecoderContext context) {
        return BeforeAfterDecoder.of(JSON, context, null, "op_type", WORDS, isLenient(context.options()));
    }

    @Override
    public RowEncoder createEncoder(EncoderContext context) {
        return encoder(context, "{\"before\":null,\"after\":#,\"op_type\":\"I\"}", "{\"before\":#,\"after\":null,\"op_type\":\"D\"}",
                "\"before\":null,", "\"after\":null,");
    }
}
