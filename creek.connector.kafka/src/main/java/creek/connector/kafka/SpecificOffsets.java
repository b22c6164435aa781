package creek.connector.kafka;

import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code partition:0,offset:42;partition:1,offset:300}. */
final class SpecificOffsets {
    private static final Pattern PAIR = Pattern.compile("partition:(\\d{1,9}),offset:(\\d{1,18})");

    private SpecificOffsets() {
    }

    /** Offsets by partition; none if the option is not given. */
    static Map<Integer, Long> parse(Options options, ConfigOption<String> option) {
        Map<Integer, Long> offsets = new TreeMap<>();
        String text = options.get(option);
        if (text == null) {
            return offsets;
        }
        for (String pair : text.split(";")) {
            Matcher matcher = PAIR.matcher(pair.strip());
            if (!matcher.matches()) {
                throw new OptionException(option.key(), "Invalid properties '" + option.key()
                        + "' should follow the format 'partition:0,offset:42;partition:1,offset:300', but is '" + text + "'.");
            }
            offsets.put(Integer.valueOf(matcher.group(1)), Long.valueOf(matcher.group(2)));
        }
        return offsets;
    }
}
