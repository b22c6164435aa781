package creek.core.internal.format.cdc;

import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** The format {@code maxwell-json}: what Maxwell says of changes in MySQL databases. */
@Component(service = Format.class, property = Format.NAME + "=maxwell-json")
public final class MaxwellJsonFormat extends ChangeFormat {
    private static final Change.Words WORDS = new Change.Words(Map.of("insert", Change.INSERT, "update", Change.UPDATE, "delete",
            Change.DELETE));

    public MaxwellJsonFormat() {
        super(List.of());
    }

    @Override
    public RowDecoder createDecoder(DecoderContext context) {
        return DataOldDecoder.of(JSON, context, false, WORDS, null, null, isLenient(context.options()));
    }

    @Override
    public RowEncoder createEncoder(EncoderContext context) {
        return encoder(context, "{\"data\":#,\"type\":\"insert\"}", "{\"data\":#,\"type\":\"delete\"}");
    }
}
