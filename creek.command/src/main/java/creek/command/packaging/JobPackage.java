package creek.command.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A job with all that it needs, to be written as one file. Once made nothing of it changes. */
public final class JobPackage {
    private final String job;
    private final List<BundleFile> bundles;
    private final List<BundleFile> launcher;
    private final Contents contents;
    private final boolean console;

    private JobPackage(String job, List<BundleFile> bundles, List<BundleFile> launcher, boolean console) {
        this.job = job;
        this.bundles = bundles;
        this.launcher = launcher;
        this.console = console;
        List<BundleFile> all = new ArrayList<>(launcher);
        all.addAll(bundles);
        contents = new Contents(all);
    }

    /**
     * Chooses what the package consists of.
     *
     * @param home      the folder of the distribution
     * @param job       the job's name
     * @param jobBundle its bundle
     * @param more      files of further bundles to put in: connectors and functions of others
     * @param console   whether to put in the console, so that parts can be replaced
     * @param platforms for which native code is wanted, {@code linux-x86_64} say; empty for all
     */
    public static JobPackage of(Path home, String job, byte[] jobBundle, List<Path> more, boolean console, Set<String> platforms)
            throws IOException, PackagingException {
        Distribution distribution = new Distribution(home);
        List<BundleFile> extra = new ArrayList<>();
        for (Path file : more) {
            extra.add(Distribution.other(file));
        }
        List<BundleFile> bundles = Selection.of(BundleFile.read(job, jobBundle, true), extra, console, distribution);
        keepNatives(bundles, platforms);
        return new JobPackage(job, bundles, distribution.launcher(), console);
    }

    private static void keepNatives(List<BundleFile> bundles, Set<String> platforms) throws PackagingException {
        Set<String> known = new TreeSet<>();
        bundles.forEach(bundle -> known.addAll(bundle.platforms()));
        if (platforms.isEmpty() || known.isEmpty()) {
            return;
        }
        for (String platform : platforms) {
            if (!known.contains(platform)) {
                throw new PackagingException("there is no native code for platform '" + platform + "'; there is for " + String.join(", ", known));
            }
        }
        bundles.forEach(bundle -> bundle.keepNatives(platforms));
    }

    /** What is inside, a line each. */
    public String list() {
        return contents.list();
    }

    /** What is inside, as CycloneDX JSON. */
    public String billOfMaterials() {
        return contents.billOfMaterials();
    }

    /**
     * The unit for systemd.
     *
     * @param file          the package's
     * @param withJava      whether it is for the folder with a Java of its own
     * @param selfContained whether the file has that Java inside
     */
    public String systemdUnit(Path file, boolean withJava, boolean selfContained) {
        return SystemdUnit.text(job, file, selfContained ? SystemdUnit.Form.SELF_CONTAINED : withJava ? SystemdUnit.Form.FOLDER : SystemdUnit.Form.FILE);
    }

    /** The bytes of the executable file; the same for the same job and versions. */
    public byte[] bytes() throws IOException, PackagingException {
        PackageWriter writer = new PackageWriter(job, bundles);
        for (BundleFile library : launcher) {
            writer.addLibrary(library);
        }
        for (BundleFile bundle : bundles) {
            if (console) {
                writer.addWhole(bundle);
            } else {
                writer.addUnrolled(bundle);
            }
        }
        BundleFile legal = launcher.get(0);
        for (String name : List.of("META-INF/LICENSE", "META-INF/NOTICE")) {
            writer.add(name, legal.entries().get(name));
        }
        writer.add("META-INF/creek/components.txt", list().getBytes(StandardCharsets.UTF_8));
        return writer.write(new StartScript(job));
    }
}
