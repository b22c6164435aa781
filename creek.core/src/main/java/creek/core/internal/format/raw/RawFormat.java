package creek.core.internal.format.raw;

import creek.core.data.Schema;
import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The format {@code raw}: a record's bytes are the value of the table's only column, with Flink's options. */
@Component(property = Format.NAME + "=raw")
public final class RawFormat implements Format {
    /** The order of a number's bytes. */
    enum Endianness { BIG_ENDIAN, LITTLE_ENDIAN }

    static final ConfigOption<String> CHARSET = ConfigOption.withDefault("charset", String.class, "UTF-8", "The encoding of strings.");
    static final ConfigOption<Endianness> ENDIANNESS = ConfigOption.withDefault("endianness", Endianness.class, Endianness.BIG_ENDIAN,
            "The order of the bytes of numbers.");

    @Override
    public List<ConfigOption<?>> options() {
        return List.of(CHARSET, ENDIANNESS);
    }

    @Override
    public RowDecoder createDecoder(DecoderContext context) {
        checkSingle(context.schema(), context.schema().size());
        return new RawDecoder(context.schema().type(0), context.columns().size(), charset(context.options()), order(context.options()));
    }

    @Override
    public RowEncoder createEncoder(EncoderContext context) {
        checkSingle(context.schema(), context.columns().size());
        int place = context.columns().get(0);
        return new RawEncoder(context.schema().type(place), place, charset(context.options()), order(context.options()));
    }

    private static void checkSingle(Schema schema, int columns) {
        if (columns != 1) {
            throw new IllegalArgumentException("the format 'raw' takes a table of exactly one column, not " + schema);
        }
    }

    private static Charset charset(Options options) {
        String name = options.get(CHARSET);
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new OptionException(CHARSET.key(), "option 'charset': '" + name + "' is not a character set of this Java");
        }
    }

    private static ByteOrder order(Options options) {
        return options.get(ENDIANNESS) == Endianness.BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
}
