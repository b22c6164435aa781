package creek.core.internal.format.cdc;

import creek.core.connector.ChangelogMode;
import creek.core.format.EncoderContext;
import creek.core.format.Format;
import creek.core.format.RowEncoder;
import creek.core.internal.format.json.JsonFormat;
import creek.core.option.ConfigOption;
import creek.core.option.Options;
import java.util.ArrayList;
import java.util.List;

/** A format of JSON records that hold changes of rows. Where it says nothing else, it reads and writes values as {@code json} does. */
abstract class ChangeFormat implements Format {
    static final Format JSON = new JsonFormat();

    /** Options of {@code json} that records of changes have no use for. */
    private static final List<String> WITHOUT = List.of("fail-on-missing-field", "decode.json-parser.enabled");

    private final List<ConfigOption<?>> options;

    ChangeFormat(List<ConfigOption<?>> own) {
        List<ConfigOption<?>> all = new ArrayList<>(own);
        JSON.options().stream().filter(option -> !WITHOUT.contains(option.key())).forEach(all::add);
        options = List.copyOf(all);
    }

    @Override
    public final List<ConfigOption<?>> options() {
        return options;
    }

    @Override
    public final ChangelogMode emits(Options given) {
        return ChangelogMode.ALL;
    }

    @Override
    public final ChangelogMode accepts(Options given) {
        return ChangelogMode.ALL;
    }

    static boolean isLenient(Options given) {
        return given.get(JsonFormat.IGNORE_PARSE_ERRORS);
    }

    /** @param nulls what records have for a row that there is none of; left out where nulls are */
    static RowEncoder encoder(EncoderContext context, String added, String takenBack, String... nulls) {
        String[] texts = {added, takenBack};
        for (int i = 0; i < texts.length && context.options().get(JsonFormat.IGNORE_NULL_FIELDS); i++) {
            for (String each : nulls) {
                texts[i] = texts[i].replace(each, "");
            }
        }
        return new ChangeEncoder(JSON.createEncoder(context), texts[0], texts[1]);
    }
}
