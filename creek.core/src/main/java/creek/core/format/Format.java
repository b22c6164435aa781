package creek.core.format;

import creek.core.connector.ChangelogMode;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes decoders and encoders for one format. Registered as a service with the property {@code creek.format}, the name that a table's
 * {@code 'format'} option gives. Only a factory, callable from any thread.
 */
@ConsumerType
public interface Format {
    /** The service property that carries the format's name. */
    String NAME = "creek.format";

    /** The options, with keys that leave out the format's name: {@code ignore-parse-errors} for {@code json.ignore-parse-errors}. */
    List<ConfigOption<?>> options();

    /** What kinds of rows decoders give. */
    default ChangelogMode emits(Options options) {
        return ChangelogMode.INSERT_ONLY;
    }

    /** What kinds of rows encoders take. */
    default ChangelogMode accepts(Options options) {
        return ChangelogMode.INSERT_ONLY;
    }

    /** How a stream of bytes in this format is cut into records. */
    default Framing framing(Options options) {
        return Framing.LINES;
    }

    /**
     * Whether decoders can be asked for single {@linkplain WantedColumn#element elements} of arrays and maps. If not, they are asked for all of such a
     * column, and the engine takes the element from it.
     */
    default boolean readsElements() {
        return false;
    }

    /**
     * Checks, as far as that can be done by itself and without harm, that this format works. Asked of a newcomer before it takes over from another
     * version in jobs that run, as {@link creek.core.connector.Connector#selfTest} is.
     */
    default void selfTest() throws Exception {
    }

    /**
     * A decoder for the context's columns, of records that are messages.
     *
     * @throws OptionException where an option does not fit the columns; IllegalArgumentException for a type that the format can't carry
     */
    RowDecoder createDecoder(DecoderContext context);

    /** A decoder of the records that {@link #framing} cuts from a stream of bytes, where those differ from messages; errors as there. */
    default RowDecoder createStreamDecoder(DecoderContext context) {
        return createDecoder(context);
    }

    /** An encoder for the context's schema, of records that are messages; errors as for decoders. */
    RowEncoder createEncoder(EncoderContext context);

    /** An encoder for one stream of bytes, such as a file, which {@link #createStreamDecoder} can read again; errors as for decoders. */
    default RowEncoder createStreamEncoder(EncoderContext context) {
        return createEncoder(context);
    }
}
