package creek.core.internal.format.csv;

import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.Framing;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The format {@code csv}: delimited fields, one for each column, with Flink's options and conversions. */
@Component(property = Format.NAME + "=csv")
public final class CsvFormat implements Format {
    @Override
    public List<ConfigOption<?>> options() {
        return CsvDialect.OPTIONS;
    }

    @Override
    public Framing framing(Options options) {
        return new CsvFraming(CsvDialect.of(options));
    }

    @Override
    public RowDecoder createDecoder(DecoderContext context) {
        return new CsvDecoder(context, CsvDialect.of(context.options()), context.options().get(CsvDialect.IGNORE_PARSE_ERRORS));
    }

    @Override
    public RowEncoder createEncoder(EncoderContext context) {
        return new CsvEncoder(context, CsvDialect.of(context.options()));
    }
}
