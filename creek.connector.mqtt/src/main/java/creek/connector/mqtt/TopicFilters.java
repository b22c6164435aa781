package creek.connector.mqtt;

import creek.core.option.OptionException;
import java.util.List;
import java.util.stream.Stream;

/** The topic filters that a source subscribes to. */
final class TopicFilters {
    private static final String SHARED = "$share/";
    private static final int LONGEST = 65_535;

    private TopicFilters() {
    }

    /**
     * Takes the option apart.
     *
     * @throws OptionException if there is none, or one is not as MQTT wants it
     */
    static List<String> of(String option, boolean version5) {
        if (option == null) {
            throw wrong("option 'topic' is missing; it is like 'plant/+/temperature; alarms/#'");
        }
        List<String> filters = Stream.of(option.split(";")).map(String::strip).filter(filter -> !filter.isEmpty()).distinct().toList();
        if (filters.isEmpty()) {
            throw wrong("option 'topic' is empty");
        }
        for (String filter : filters) {
            check(filter, version5);
        }
        return filters;
    }

    private static void check(String filter, boolean version5) {
        String levels = filter;
        if (filter.startsWith(SHARED)) {
            if (!version5) {
                throw wrong("'" + filter + "' is a shared subscription, which MQTT 3.1.1 does not have; 'protocol.version' can be '5'");
            }
            int end = filter.indexOf('/', SHARED.length());
            String group = end < 0 ? "" : filter.substring(SHARED.length(), end);
            if (group.isEmpty() || group.contains("+") || group.contains("#") || end == filter.length() - 1) {
                throw wrong("'" + filter + "' is not like '$share/group/filter'");
            }
            levels = filter.substring(end + 1);
        }
        if (levels.length() > LONGEST || levels.indexOf('\0') >= 0) {
            throw wrong("a topic filter is too long, or has a character that MQTT forbids");
        }
        String[] parts = levels.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean hash = parts[i].contains("#");
            if (hash && (parts[i].length() > 1 || i < parts.length - 1)) {
                throw wrong("in '" + filter + "', '#' must be the last level, alone: 'plant/#'");
            }
            if (parts[i].contains("+") && parts[i].length() > 1) {
                throw wrong("in '" + filter + "', '+' must be a level of its own: 'plant/+/temperature'");
            }
        }
    }

    private static OptionException wrong(String message) {
        return new OptionException(MqttOptions.TOPIC.key(), "'topic': " + message);
    }
}
