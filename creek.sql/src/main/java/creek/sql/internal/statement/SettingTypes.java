package creek.sql.internal.statement;

import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types of settings, so that a wrong value is refused where it is SET and not when a job opens. What the values mean is known to the planner's
 * steps and the operators; settings that nobody asks for may be anything.
 */
final class SettingTypes {
    private enum Enforcer { ERROR, DROP }

    private enum Materialize { NONE, AUTO, FORCE }

    private static final Map<String, ConfigOption<?>> BY_KEY = Stream.of(
            option("parallelism.default", Integer.class),
            option("table.exec.state.ttl", Duration.class),
            option("table.exec.source.idle-timeout", Duration.class),
            option("table.exec.source.cdc-events-duplicate", Boolean.class),
            option("table.exec.mini-batch.enabled", Boolean.class),
            option("table.exec.mini-batch.allow-latency", Duration.class),
            option("table.exec.mini-batch.size", Long.class),
            option("table.exec.emit.early-fire.enabled", Boolean.class),
            option("table.exec.emit.early-fire.delay", Duration.class),
            option("table.exec.emit.late-fire.enabled", Boolean.class),
            option("table.exec.emit.late-fire.delay", Duration.class),
            option("table.exec.emit.allow-lateness", Duration.class),
            option("table.exec.sink.not-null-enforcer", Enforcer.class),
            option("table.exec.sink.upsert-materialize", Materialize.class),
            option("table.optimizer.distinct-agg.split.enabled", Boolean.class))
            .collect(Collectors.toMap(ConfigOption::key, Function.identity()));

    private SettingTypes() {
    }

    private static <T> ConfigOption<T> option(String key, Class<T> type) {
        return ConfigOption.optional(key, type, "see the page on SQL");
    }

    /** @throws OptionException for a value that the setting can't have */
    static void check(String key, String value) {
        ConfigOption<?> option = BY_KEY.get(key);
        if (option != null) {
            Options.of(Map.of(key, value)).get(option);
        }
    }
}
