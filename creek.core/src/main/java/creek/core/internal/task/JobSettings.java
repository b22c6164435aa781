package creek.core.internal.task;

import creek.core.internal.state.TableStore;
import creek.core.internal.swap.SwapSettings;
import creek.core.option.ConfigOption;
import creek.core.option.OptionException;
import creek.core.option.Options;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** The settings of a job that its task heeds; operators read others themselves. */
final class JobSettings {
    static final ConfigOption<String> TIME_ZONE =
            ConfigOption.withDefault("table.local-time-zone", String.class, "default", "the session's time zone");
    static final ConfigOption<Duration> IDLE_TIMEOUT = ConfigOption.withDefault("table.exec.source.idle-timeout", Duration.class,
            Duration.ZERO, "how long a part of a source may be silent before it holds back the watermark no longer; 0 is for ever");
    static final ConfigOption<String> WORKING_DIRECTORY =
            ConfigOption.optional("creek.working.directory", String.class, "what relative paths are relative to");

    static final ConfigOption<String> CHECKPOINTS_FOLDER = ConfigOption.optional("execution.checkpointing.dir", String.class,
            "the folder in which the job has one of its own for its state");

    static final ConfigOption<Integer> PARALLELISM = ConfigOption.withDefault("parallelism.default", Integer.class, 1,
            "into how many subtasks, each with a thread of its own, the job is divided");

    private final Map<String, String> texts;
    private final Options options;
    private final ZoneId zone;
    private final CheckpointSettings checkpoints;
    private final SwapSettings swaps;

    JobSettings(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
        options = Options.of(texts);
        checkpoints = new CheckpointSettings(texts);
        swaps = new SwapSettings(texts);
        zone = zone(options.get(TIME_ZONE));
    }

    Map<String, String> texts() {
        return texts;
    }

    ZoneId zone() {
        return zone;
    }

    Duration idleTimeout() {
        return options.get(IDLE_TIMEOUT);
    }

    /** Into how many subtasks the job is divided. */
    int parallelism() {
        int parallelism = options.get(PARALLELISM);
        if (parallelism < 1 || parallelism > TableStore.KEY_GROUPS) {
            throw new OptionException(PARALLELISM.key(), "setting '" + PARALLELISM.key() + "' must be from 1 to " + TableStore.KEY_GROUPS + ", not "
                    + parallelism);
        }
        return parallelism;
    }

    CheckpointSettings checkpoints() {
        return checkpoints;
    }

    SwapSettings swaps() {
        return swaps;
    }

    Path workingDirectory(Path otherwise) {
        return options.find(WORKING_DIRECTORY).map(Path::of).orElse(otherwise);
    }

    /** The job's own folder. */
    Path folder(TaskEnvironment environment) {
        return path(CHECKPOINTS_FOLDER, environment).map(folder -> folder.resolve(FileNames.of(environment.job()))).orElse(environment.folder());
    }

    /** A setting that names a file or folder, as a path or as a URI {@code file:...}. */
    Optional<Path> path(ConfigOption<String> option, TaskEnvironment environment) {
        return options.find(option).filter(text -> !text.isBlank()).map(text -> {
            try {
                Path path = text.startsWith("file:") ? Path.of(URI.create(text)) : Path.of(text);
                return workingDirectory(environment.workingDirectory()).resolve(path).toAbsolutePath();
            } catch (IllegalArgumentException e) {
                throw new OptionException(option.key(), "setting '" + option.key() + "': '" + text + "' is not a path, nor a URI such as file:///data");
            }
        });
    }

    private static ZoneId zone(String name) {
        try {
            return name.equals(TIME_ZONE.defaultValue()) ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new OptionException(TIME_ZONE.key(), "setting '" + TIME_ZONE.key() + "': '" + name
                    + "' is not a time zone such as 'Europe/Berlin', 'UTC' or 'GMT+02:00'");
        }
    }
}
