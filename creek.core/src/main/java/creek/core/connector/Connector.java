package creek.core.connector;

import creek.core.data.DataType;
import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes readers and writers for one kind of outside. A connector bundle registers it as a service with the property
 * {@code creek.connector}, the name that a table's {@code 'connector'} option gives.
 *
 * <p>The service is only a factory: it keeps nothing of the readers and writers it made and may be called from any thread. It is asked
 * for its options when a table is planned and when a job opens.
 */
@ConsumerType
public interface Connector {
    /** The service property that carries the connector's name. */
    String NAME = "creek.connector";

    /** What starts the metadata key of a column that a table is PARTITIONED BY: {@code partition.day}. Its value is a text or NULL. */
    String PARTITION = "partition.";

    /** Whether tables of this connector can be read. */
    boolean isSource();

    /** Whether tables of this connector can be written to. */
    boolean isSink();

    /** Whether a table of this connector takes a {@code 'format'}. */
    boolean usesFormat();

    /** Whether a table of this connector can't do without a {@code 'format'}. */
    default boolean needsFormat() {
        return usesFormat();
    }

    /** Whether records with a format are messages of their own rather than cut from, or written to, a stream of bytes. */
    default boolean carriesMessages() {
        return false;
    }

    /** What the keys of messages are made of, which the option {@code key.format} then gives the form of. */
    default MessageKeys messageKeys() {
        return MessageKeys.NONE;
    }

    /** All options of a table, {@code connector}, {@code format} and the format's own aside. Some may matter to one direction only. */
    List<ConfigOption<?>> options();

    /**
     * Whether a table may have an option of that key although {@link #options} does not list it: one that is made from a column's name. Its
     * value is checked by {@link #validate}.
     */
    default boolean acceptsOption(String key) {
        return false;
    }

    /** Whether the value of an {@linkplain #acceptsOption accepted} option is nobody's business: a password, say. */
    default boolean isSecretOption(String key) {
        return false;
    }

    /**
     * Checks what no single option can say, such as two that exclude each other. Called after each option was checked by itself, with the
     * table's columns (physical, in order).
     *
     * @throws OptionException naming the option and what would be right
     */
    default void validate(Options options, Schema schema) {
    }

    /** The metadata that columns can be {@code METADATA FROM}, with their types. */
    default Map<String, DataType> metadata() {
        return Map.of();
    }

    /** The metadata that an INSERT can write into columns {@code METADATA FROM}: some of {@link #metadata}. */
    default Set<String> writableMetadata() {
        return Set.of();
    }

    /**
     * Whether a source tells the columns that a table is PARTITIONED BY from where a record is rather than from what is in it. It is asked for
     * them as for metadata, under {@link #PARTITION} and the column's name; records do not hold them.
     */
    default boolean readsPartitions() {
        return false;
    }

    /** Whether a source with these options comes to an end. */
    default boolean isBounded(Options options) {
        return false;
    }

    /**
     * Whether several readers can share a source with these options, each of which reads the {@linkplain SourceContext#subtask share} that it is told, so
     * that all together read everything once. Otherwise the first subtask of a parallel job reads all of it.
     */
    default boolean isSplittable(Options options) {
        return false;
    }

    /**
     * Whether several writers can write a table with these options at the same time, each of which knows its {@linkplain SinkContext#subtask number}.
     * Otherwise the first subtask of a parallel job writes all rows.
     */
    default boolean takesSeveralWriters(Options options) {
        return false;
    }

    /**
     * What kinds of rows a source with these options gives.
     *
     * @param ofFormat what the table's format gives; inserts where it has none
     */
    default ChangelogMode emits(Options options, ChangelogMode ofFormat) {
        return ofFormat;
    }

    /**
     * What kinds of rows a sink with these options takes.
     *
     * @param ofFormat what the table's format can write; inserts where it has none
     */
    default ChangelogMode accepts(Options options, ChangelogMode ofFormat) {
        return ofFormat;
    }

    /** Whether a table of this connector must have a PRIMARY KEY. */
    default boolean needsPrimaryKey() {
        return false;
    }

    /**
     * Whether a table may have a PRIMARY KEY.
     *
     * @param ofFormat what the table's format gives and takes
     */
    default boolean allowsPrimaryKey(ChangelogMode ofFormat) {
        return true;
    }

    /** How rows of its tables can be looked up, for {@code FOR SYSTEM_TIME AS OF} a processing time. */
    default LookupAbility lookup() {
        return LookupAbility.NONE;
    }

    /**
     * Of a table that is looked up as a {@linkplain LookupAbility#WHOLE whole}: a text that is another one when a new reader would read something
     * else. Empty when that can't be told at the moment. Called on the job's thread now and then, so it must be quick.
     *
     * @param context as for {@link #createReader}
     */
    default Optional<String> contentVersion(SourceContext context) throws Exception {
        return Optional.empty();
    }

    /**
     * Checks, as far as that can be done by itself and without harm, that this connector works: that its client library loads, say. Asked of a
     * newcomer before it takes over from another version in jobs that run, on a thread of its own, for a bounded time; whatever it throws has the
     * newcomer refused, with that reason, and the job goes on with what it has.
     */
    default void selfTest() throws Exception {
    }

    /**
     * A reader, not yet open. It takes nothing from the outside before it is opened: of a newcomer one is made, asked whether it
     * {@linkplain SourceReader#acceptsPosition accepts} a position, given that, and closed again while another version still reads the table.
     *
     * @throws OptionException where an option turns out to be wrong only now, such as a path that is not there
     */
    default SourceReader createReader(SourceContext context) throws Exception {
        throw new UnsupportedOperationException("this connector can't be read from");
    }

    /** A writer, not yet open, of which one may be made, asked and closed again as of readers; errors as there. */
    default SinkWriter createWriter(SinkContext context) throws Exception {
        throw new UnsupportedOperationException("this connector can't be written to");
    }
}
