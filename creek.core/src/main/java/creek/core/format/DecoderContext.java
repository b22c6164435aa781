package creek.core.format;

import creek.core.data.Schema;
import creek.core.option.Options;
import java.time.ZoneId;
import java.util.List;

/**
 * What a decoder is made from.
 *
 * @param options the format's options, checked, without the format's prefix
 * @param schema  all physical columns of the table, in order
 * @param columns what is wanted: column {@code i} of a decoded row is the {@code i}-th of these
 * @param zone    the session's time zone
 */
public record DecoderContext(Options options, Schema schema, List<WantedColumn> columns, ZoneId zone) {
    public DecoderContext {
        columns = List.copyOf(columns);
    }
}
