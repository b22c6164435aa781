package creek.command.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Software in a package, by whose name, version and licence it is known to those who look for its flaws.
 *
 * @param group   its Maven group; empty for what is not published so
 * @param licence an SPDX identifier
 */
record Component(String group, String name, String version, String licence) {
    private static final int NAME_WIDTH = 56;
    private static final Pattern EMBEDDED = Pattern.compile("([^:;,\\s]+):([^:;,\\s]+):([^:;,\\s]+);\\s*license=\"?([^,;\"]+)");

    /** From a bundle's header {@code Creek-Embeds: group:artifact:version;license=Apache-2.0,...}. */
    static List<Component> embedded(String header) {
        List<Component> components = new ArrayList<>();
        Matcher each = EMBEDDED.matcher(header);
        while (each.find()) {
            components.add(new Component(each.group(1), each.group(2), each.group(3), each.group(4).strip()));
        }
        return components;
    }

    /** {@code Bundle-License}, which may be the address of a text, as an SPDX identifier. */
    static String licence(String header) {
        String text = header.split("[,;]")[0].strip();
        return text.contains("apache.org/licenses/LICENSE-2.0") ? "Apache-2.0" : text;
    }

    /** The package URL. */
    String purl() {
        return group.isEmpty() ? "pkg:generic/" + name + "@" + version : "pkg:maven/" + group + "/" + name + "@" + version;
    }

    /** @param indent how far to the right it is written */
    String line(int indent) {
        return String.format("%-" + (NAME_WIDTH - indent) + "s %-12s %s", group.isEmpty() ? name : group + ":" + name, version,
                licence.isEmpty() ? "-" : licence);
    }
}
