package creek.core.format;

import creek.core.data.Schema;
import creek.core.option.Options;
import java.time.ZoneId;
import java.util.List;

/**
 * What an encoder is made from.
 *
 * @param options the format's options, checked, without the format's prefix
 * @param schema  the columns of the rows that will come
 * @param columns places in {@code schema} of the columns to encode, in order
 * @param zone    the session's time zone
 */
public record EncoderContext(Options options, Schema schema, List<Integer> columns, ZoneId zone) {
    public EncoderContext {
        columns = List.copyOf(columns);
    }
}
