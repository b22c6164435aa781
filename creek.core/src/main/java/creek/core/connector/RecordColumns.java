package creek.core.connector;

import creek.core.data.Schema;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which columns of a table are in the values of its records, and which in their keys. Where there are no keys, all are in the values.
 *
 * @param values    places in the table's schema of the columns that values hold, in order
 * @param keys      places in the table's schema of the columns that keys hold, in the key's order
 * @param keySchema these with the names that they have within the key
 */
public record RecordColumns(List<Integer> values, List<Integer> keys, Schema keySchema) {
    /** Which columns values hold. */
    enum ValueFields { ALL, EXCEPT_KEY }

    static final ConfigOption<String> KEY_FIELDS = ConfigOption.optional("key.fields", String.class,
            "the columns that are in the messages' keys, with ; between them");
    static final ConfigOption<String> KEY_FIELDS_PREFIX = ConfigOption.withDefault("key.fields-prefix", String.class, "",
            "what the names of the key's columns start with in the table but not in the key");
    static final ConfigOption<ValueFields> VALUE_FIELDS_INCLUDE = ConfigOption.withDefault("value.fields-include", ValueFields.class,
            ValueFields.ALL, "whether the key's columns are in the messages' values as well: ALL or EXCEPT_KEY");

    public RecordColumns {
        values = List.copyOf(values);
        keys = List.copyOf(keys);
    }

    /** @throws OptionException if the options do not fit each other or the table */
    static RecordColumns of(Options options, Schema schema, List<String> primaryKey, Connector connector, boolean hasKeyFormat) {
        List<Integer> all = IntStream.range(0, schema.size()).boxed().toList();
        if (connector.messageKeys() == MessageKeys.NONE) {
            return new RecordColumns(all, List.of(), Schema.empty());
        }
        List<String> fields = connector.messageKeys() == MessageKeys.PRIMARY_KEY ? primaryKey : fields(options, hasKeyFormat);
        String prefix = options.get(KEY_FIELDS_PREFIX);
        List<Integer> keys = new ArrayList<>();
        Schema keySchema = Schema.empty();
        for (String field : fields) {
            int place = schema.indexOf(field);
            if (place < 0) {
                throw new OptionException(KEY_FIELDS.key(), "Could not find the field '" + field + "' in the table schema for usage in the key format. "
                        + "A key field must be a regular, physical column. The following columns can be selected in the 'key.fields' option: "
                        + schema.columns().stream().map(column -> "'" + column.name() + "'").collect(Collectors.joining(", ")));
            }
            if (!field.startsWith(prefix)) {
                throw new OptionException(KEY_FIELDS_PREFIX.key(), "All fields in 'key.fields' must be prefixed with '" + prefix
                        + "' when option 'key.fields-prefix' is set but field '" + field + "' is not prefixed.");
            }
            keys.add(place);
            keySchema = keySchema.with(field.substring(prefix.length()), schema.type(place));
        }
        if (options.get(VALUE_FIELDS_INCLUDE) == ValueFields.EXCEPT_KEY) {
            return new RecordColumns(all.stream().filter(place -> !keys.contains(place)).toList(), keys, keySchema);
        }
        if (!prefix.isEmpty()) {
            throw new OptionException(KEY_FIELDS_PREFIX.key(), "A key prefix is not allowed when option 'value.fields-include' is set to 'ALL'. Set "
                    + "it to 'EXCEPT_KEY' instead to avoid field overlaps.");
        }
        return new RecordColumns(all, keys, keySchema);
    }

    private static List<String> fields(Options options, boolean hasKeyFormat) {
        String text = options.get(KEY_FIELDS);
        if (!hasKeyFormat) {
            if (text != null) {
                throw new OptionException(KEY_FIELDS.key(), "The option 'key.fields' can only be declared if a key format is defined using 'key.format'.");
            }
            return List.of();
        }
        if (text == null || text.isBlank()) {
            throw new OptionException(TableOptions.KEY_FORMAT.key(),
                    "A key format 'key.format' requires the declaration of one or more of key fields using 'key.fields'.");
        }
        return List.of(text.split(";"));
    }

    /** The table's columns that values hold. */
    public Schema valueSchema(Schema schema) {
        return Schema.of(values.stream().map(schema.columns()::get).toList());
    }
}
