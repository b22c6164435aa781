package creek.core.internal.format.json;

import creek.core.data.DataType;
import creek.core.data.TypeRoot;
import creek.core.format.DecoderContext;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowDecoder;
import creek.core.format.RowEncoder;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The format {@code json}: a JSON object a record, with Flink's options and conversions. */
@Component(property = Format.NAME + "=json")
public final class JsonFormat implements Format {
    /** How timestamps are written. */
    enum TimestampStandard { SQL, ISO_8601 }

    /** What is done with a map's entry whose key is null. */
    enum NullKeyMode { FAIL, DROP, LITERAL }

    static final ConfigOption<Boolean> FAIL_ON_MISSING_FIELD = ConfigOption.withDefault("fail-on-missing-field", Boolean.class, false,
            "Whether a record without one of the fields is an error; otherwise the field is NULL.");
    public static final ConfigOption<Boolean> IGNORE_PARSE_ERRORS = ConfigOption.withDefault("ignore-parse-errors", Boolean.class, false,
            "Whether records that are not JSON are left out and values that are not of their column's type are NULL.");
    static final ConfigOption<TimestampStandard> TIMESTAMP_STANDARD = ConfigOption.withDefault("timestamp-format.standard",
            TimestampStandard.class, TimestampStandard.SQL,
            "The form of timestamps: SQL (2024-02-29 23:59:59.123) or ISO-8601 (2024-02-29T23:59:59.123).");
    static final ConfigOption<NullKeyMode> NULL_KEY_MODE = ConfigOption.withDefault("map-null-key.mode", NullKeyMode.class,
            NullKeyMode.FAIL, "How a map entry whose key is NULL is written: FAIL, DROP the entry, or a LITERAL for the key.");
    static final ConfigOption<String> NULL_KEY_LITERAL = ConfigOption.withDefault("map-null-key.literal", String.class, "null",
            "The key to write for NULL if 'map-null-key.mode' is LITERAL.");
    static final ConfigOption<Boolean> PLAIN_DECIMALS = ConfigOption.withDefault("encode.decimal-as-plain-number", Boolean.class, false,
            "Whether decimals are written without exponent.");
    public static final ConfigOption<Boolean> IGNORE_NULL_FIELDS = ConfigOption.withDefault("encode.ignore-null-fields", Boolean.class, false,
            "Whether fields that are NULL are not written.");
    static final ConfigOption<Boolean> JSON_PARSER = ConfigOption.withDefault("decode.json-parser.enabled", Boolean.class, true,
            "Accepted for Flink's sake: there is one parser.");

    @Override
    public List<ConfigOption<?>> options() {
        return List.of(FAIL_ON_MISSING_FIELD, IGNORE_PARSE_ERRORS, TIMESTAMP_STANDARD, NULL_KEY_MODE, NULL_KEY_LITERAL, PLAIN_DECIMALS,
                IGNORE_NULL_FIELDS, JSON_PARSER);
    }

    @Override
    public boolean readsElements() {
        return true;
    }

    @Override
    public RowDecoder createDecoder(DecoderContext context) {
        Options options = context.options();
        if (options.get(FAIL_ON_MISSING_FIELD) && options.get(IGNORE_PARSE_ERRORS)) {
            throw new OptionException(IGNORE_PARSE_ERRORS.key(),
                    "'fail-on-missing-field' and 'ignore-parse-errors' exclude each other: set one of them to 'true'");
        }
        boolean decimals = context.columns().stream().anyMatch(column -> hasDecimal(column.wantedType()));
        JsonEnd end = new JsonEnd();
        return new JsonDecoder(context, new JsonReadOptions(options.get(FAIL_ON_MISSING_FIELD), options.get(IGNORE_PARSE_ERRORS),
                options.get(TIMESTAMP_STANDARD) == TimestampStandard.ISO_8601, decimals, new JsonText(end), end));
    }

    /** Flink reads numbers within text exactly only if some column is a DECIMAL. */
    private static boolean hasDecimal(DataType type) {
        return type.root() == TypeRoot.DECIMAL || type.children().stream().anyMatch(JsonFormat::hasDecimal);
    }

    @Override
    public RowEncoder createEncoder(EncoderContext context) {
        return new JsonEncoder(context);
    }
}
