package creek.command.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A bundle that may become part of a package, all of it in memory. */
final class BundleFile {
    /** The libraries in a bundle, see {@link Component#embedded}. */
    private static final String EMBEDS = "Creek-Embeds";
    /** Native code of a bundle, by platform: {@code linux/amd64/;platform=linux-x86_64,...}. Each is a folder. */
    private static final String NATIVES = "Creek-Natives";
    /** Up to the first character that would separate something outside the quotation marks. */
    private static final Pattern QUOTED = Pattern.compile("\"([^\",;]*)[^\"]*\"");
    private static final Pattern NATIVE = Pattern.compile("([^,;\\s]+);\\s*platform=\"?([^,;\"]+)");

    private final Attributes headers;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final boolean ofDistribution;

    private BundleFile(Attributes headers, boolean ofDistribution) {
        this.headers = headers;
        this.ofDistribution = ofDistribution;
    }

    /**
     * Reads a bundle.
     *
     * @param ofDistribution whether it comes with Creek, so that all that it does is known
     * @throws PackagingException if it is no bundle
     */
    static BundleFile read(String file, byte[] jar, boolean ofDistribution) throws PackagingException {
        Map<String, byte[]> entries = JarEntries.entries(file, jar);
        try {
            byte[] manifest = entries.get(JarFile.MANIFEST_NAME);
            Attributes headers = manifest == null ? new Attributes() : new Manifest(new ByteArrayInputStream(manifest)).getMainAttributes();
            if (headers.getValue("Bundle-SymbolicName") == null) {
                throw new PackagingException(file + " is no OSGi bundle: its manifest has no Bundle-SymbolicName");
            }
            BundleFile bundle = new BundleFile(headers, ofDistribution);
            bundle.entries.putAll(entries);
            return bundle;
        } catch (IOException e) {
            throw new PackagingException(file + " can't be read as a bundle: " + e.getMessage(), e);
        }
    }

    boolean isOfDistribution() {
        return ofDistribution;
    }

    String name() {
        return header("Bundle-SymbolicName").split(";")[0].strip();
    }

    String header(String name) {
        String value = headers.getValue(name);
        return value == null ? "" : value;
    }

    /** Files by name, in the order of the jar. */
    Map<String, byte[]> entries() {
        return entries;
    }

    Set<Capability> required() {
        return Capability.required(header("Require-Capability"));
    }

    Set<Capability> provided() {
        Set<Capability> provided = new TreeSet<>(Capability.provided(header("Provide-Capability")));
        Arrays.stream(header("Service-Component").split(",")).map(each -> entries.get(each.strip())).filter(xml -> xml != null)
                .forEach(xml -> provided.addAll(Capability.ofComponent(new String(xml, StandardCharsets.UTF_8))));
        return provided;
    }

    /** The packages without which it does not run, those of the JDK among them. */
    Set<String> imports() {
        return packages("Import-Package");
    }

    Set<String> exports() {
        return packages("Export-Package");
    }

    private Set<String> packages(String header) {
        return Arrays.stream(QUOTED.matcher(header(header)).replaceAll("$1").split(",")).filter(clause -> !clause.contains("resolution:=optional"))
                .flatMap(clause -> Arrays.stream(clause.split(";"))).map(String::strip).filter(part -> !part.isEmpty() && !part.contains("="))
                .collect(Collectors.toSet());
    }

    /** The bundle itself, and the libraries in it. */
    List<Component> components() {
        List<Component> components = new ArrayList<>();
        components.add(new Component("", name(), header("Bundle-Version"), Component.licence(header("Bundle-License"))));
        components.addAll(Component.embedded(header(EMBEDS)));
        return components;
    }

    /** The platforms for which it has native code; none if it has no native code. */
    Set<String> platforms() {
        Set<String> platforms = new TreeSet<>();
        Matcher each = NATIVE.matcher(header(NATIVES));
        while (each.find()) {
            platforms.add(each.group(2).strip());
        }
        return platforms;
    }

    /** Leaves out native code for other platforms. */
    void keepNatives(Set<String> platforms) {
        Matcher each = NATIVE.matcher(header(NATIVES));
        while (each.find()) {
            String folder = each.group(1);
            if (!platforms.contains(each.group(2).strip())) {
                entries.keySet().removeIf(name -> name.startsWith(folder));
            }
        }
    }
}
