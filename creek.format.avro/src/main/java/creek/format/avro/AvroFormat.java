package creek.format.avro;

import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.Framing;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/**
 * The format {@code avro}, with Flink's options and its schema for a table's columns. A message is one datum of that schema; a stream of bytes
 * is an Avro object container file, which brings its own schema, or with JSON encoding a datum a line.
 */
@Component(property = Format.NAME + "=avro")
@Capability(namespace = Format.NAME, name = "avro")
public final class AvroFormat implements Format {
    /** How data are written. */
    enum Encoding { BINARY, JSON }

    static final ConfigOption<Encoding> ENCODING = ConfigOption.withDefault("encoding", Encoding.class, Encoding.BINARY,
            "How data are written: binary, or json, which in a file is a datum a line.");
    static final ConfigOption<Codec> CODEC = ConfigOption.withDefault("codec", Codec.class, Codec.SNAPPY,
            "How the blocks of a container file are compressed: null, deflate or snappy.");
    static final ConfigOption<Boolean> LEGACY_TIMESTAMPS = ConfigOption.withDefault("timestamp_mapping.legacy", Boolean.class, true,
            "Whether TIMESTAMP(0..3) is Avro's timestamp-millis; otherwise it is a local timestamp and TIMESTAMP_LTZ is a timestamp.");
    static final ConfigOption<Boolean> FAST_READ = ConfigOption.withDefault("open.fastread", Boolean.class, false,
            "Accepted for Flink's sake: there is one reader.");

    @Override
    public List<ConfigOption<?>> options() {
        return List.of(ENCODING, CODEC, LEGACY_TIMESTAMPS, FAST_READ);
    }

    @Override
    public Framing framing(Options options) {
        return isJson(options) ? Framing.LINES : new ContainerFraming();
    }

    @Override
    public RowDecoder createDecoder(DecoderContext context) {
        org.apache.avro.Schema schema = derive(context.schema(), context.options());
        RecordReader reader = RecordReader.of(schema, context);
        return isJson(context.options()) ? new JsonDatumDecoder(schema, reader) : new DatumDecoder(reader);
    }

    @Override
    public RowDecoder createStreamDecoder(DecoderContext context) {
        if (isJson(context.options())) {
            return createDecoder(context);
        }
        // Columns that Avro can't carry are to be known before the first file.
        context.columns().forEach(column -> SchemaDerivation.of(column.type(), context.options().get(LEGACY_TIMESTAMPS)));
        return new ContainerDecoder(context);
    }

    @Override
    public RowEncoder createEncoder(EncoderContext context) {
        Schema schema = encoded(context);
        org.apache.avro.Schema avro = derive(schema, context.options());
        RowEncoder encoder = new DatumEncoder(RecordWriter.of(schema, context.columns()));
        return isJson(context.options()) ? new JsonDatumEncoder(avro, encoder) : encoder;
    }

    @Override
    public RowEncoder createStreamEncoder(EncoderContext context) {
        if (isJson(context.options())) {
            return createEncoder(context);
        }
        Schema schema = encoded(context);
        return new ContainerEncoder(derive(schema, context.options()), context.options().get(CODEC),
                RecordWriter.of(schema, context.columns()));
    }

    private static boolean isJson(Options options) {
        return options.get(ENCODING) == Encoding.JSON;
    }

    private static org.apache.avro.Schema derive(Schema schema, Options options) {
        return SchemaDerivation.of(DataType.row(schema).notNull(), options.get(LEGACY_TIMESTAMPS));
    }

    /** The columns that are encoded. */
    private static Schema encoded(EncoderContext context) {
        return Schema.of(context.columns().stream().map(place -> context.schema().columns().get(place)).toList());
    }
}
