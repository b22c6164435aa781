package creek.run;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a packaged job is told: by {@code -Dcreek.data=...}, else by the environment, {@code CREEK_DATA}, else by the properties file beside it. Keys
 * all begin with {@code creek.}.
 */
final class PackageSettings {
    private static final String PREFIX = "creek.";
    private static final String ENVIRONMENT_PREFIX = "CREEK_";
    /** Settings of the job itself follow: {@code creek.set.execution.checkpointing.interval}. */
    private static final String OF_JOB = "creek.set.";
    /** Of the start script, not of the job. */
    private static final Set<String> OF_SCRIPT = Set.of("creek.opts", "creek.home");
    private static final Set<String> KNOWN = Set.of("creek.data", "creek.directory", "creek.deploy", "creek.logs", "creek.logs.size", "creek.logs.files",
            "creek.verbose", "creek.properties", "creek.assumed.java");

    private final Map<String, String> values = new TreeMap<>();

    private PackageSettings() {
    }

    /** @param file the job's; the properties file has its name, with another ending */
    static PackageSettings of(Path file, Properties system, Map<String, String> environment) throws LaunchException {
        PackageSettings settings = new PackageSettings();
        Map<String, String> nearer = settings.values;
        environment.forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX)) {
                nearer.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        system.stringPropertyNames().stream().filter(name -> name.startsWith(PREFIX)).forEach(name -> nearer.put(name, system.getProperty(name)));
        nearer.keySet().removeAll(OF_SCRIPT);
        settings.check("");
        settings.readFile(nearer.containsKey("creek.properties") ? Path.of(nearer.get("creek.properties")) : beside(file),
                nearer.containsKey("creek.properties"));
        return settings;
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ".properties");
    }

    private void readFile(Path file, boolean isNamed) throws LaunchException {
        if (!Files.exists(file)) {
            if (isNamed) {
                throw new LaunchException("there is no file " + file + ", which 'creek.properties' names", Launcher.USAGE);
            }
            return;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new LaunchException(file + " can't be read as properties (key = value): " + e.getMessage(), Launcher.USAGE, e);
        }
        properties.stringPropertyNames().forEach(name -> values.putIfAbsent(name, properties.getProperty(name).strip()));
        check(file + ": ");
    }

    private void check(String where) throws LaunchException {
        for (String key : values.keySet()) {
            if (!KNOWN.contains(key) && !(key.startsWith(OF_JOB) && key.length() > OF_JOB.length())) {
                throw new LaunchException(where + "there is no option '" + key + "'; there are " + String.join(", ", KNOWN.stream().filter(known ->
                        !known.equals("creek.assumed.java")).sorted().toList()) + " and creek.set.SETTING for settings of the job", Launcher.USAGE);
            }
        }
    }

    String text(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    boolean isOn(String key) {
        return Boolean.parseBoolean(text(key, "false"));
    }

    int number(String key, int otherwise) throws LaunchException {
        String text = text(key, Integer.toString(otherwise)).strip();
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new LaunchException("'" + key + "' is '" + text + "'; a whole number above 0 is needed", Launcher.USAGE);
    }

    /** Makes the settings of the job known to the engine, which looks for them among the system properties. */
    void publishJobSettings() {
        values.forEach((key, value) -> {
            if (key.startsWith(OF_JOB)) {
                System.setProperty(key, value);
            }
        });
    }
}
