package creek.command.packaging;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job needs from a bundle and a bundle gives to jobs: a connector, a format, a function or a state backend.
 *
 * @param kind the property of its service: {@code creek.connector}, {@code creek.format}, {@code creek.function}, {@code creek.state}
 * @param name the name by which jobs know it; of functions in lower case, as they are found in any case
 */
record Capability(String kind, String name) implements Comparable<Capability> {
    private static final String KINDS = "(creek\\.(?:connector|format|function|state))";
    private static final Pattern REQUIRED = Pattern.compile("\\(" + KINDS + "=([^)]+)\\)");
    private static final Pattern PROVIDED = Pattern.compile(KINDS + ";\\1=\"?([^,;\"]+)");
    private static final Pattern PROPERTY = Pattern.compile("<property name=\"" + KINDS + "\"[^>]*?(?: value=\"([^\"]+)\"[^>]*/>|>([^<]+)</property>)");

    Capability {
        name = kind.equals("creek.function") ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** From a job's {@code Require-Capability}. */
    static Set<Capability> required(String header) {
        Set<Capability> found = new TreeSet<>();
        Matcher each = REQUIRED.matcher(header);
        while (each.find()) {
            found.add(new Capability(each.group(1), each.group(2)));
        }
        return found;
    }

    /** From a bundle's {@code Provide-Capability}. */
    static Set<Capability> provided(String header) {
        Set<Capability> found = new TreeSet<>();
        Matcher each = PROVIDED.matcher(header);
        while (each.find()) {
            found.add(new Capability(each.group(1), each.group(2)));
        }
        return found;
    }

    /** From the description of a component, whose service it is. */
    static Set<Capability> ofComponent(String xml) {
        Set<Capability> found = new TreeSet<>();
        Matcher each = PROPERTY.matcher(xml);
        while (each.find()) {
            if (each.group(2) != null) {
                found.add(new Capability(each.group(1), each.group(2)));
            } else {
                each.group(3).lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> found.add(new Capability(each.group(1), line)));
            }
        }
        return found;
    }

    @Override
    public int compareTo(Capability other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return (kind.equals("creek.state") ? "state backend" : kind.substring("creek.".length())) + " '" + name + "'";
    }
}
