package creek.command.packaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The bundles of a package, in the order of their start. */
final class Selection {
    private final List<BundleFile> bundles = new ArrayList<>();
    /** What bundles are chosen from. */
    private final List<BundleFile> all;

    private Selection(List<BundleFile> all) {
        this.all = all;
    }

    /**
     * Exactly what the job needs.
     *
     * @param more    bundles of the user's, which come before those of the distribution
     * @param console whether the console is wanted
     * @throws PackagingException if nobody has what the job names
     */
    static List<BundleFile> of(BundleFile job, List<BundleFile> more, boolean console, Distribution distribution)
            throws IOException, PackagingException {
        Selection selection = new Selection(distribution.bundles());
        for (String name : distribution.configuration("edge.bndrun")) {
            selection.bundles.add(distribution.bundle(name));
        }
        selection.bundles.addAll(more);
        selection.addProviders(job.required());
        if (console) {
            for (String name : List.of("org.apache.felix.gogo.runtime", "org.apache.felix.gogo.command", "creek.console", "creek.deploy")) {
                selection.bundles.add(distribution.bundle(name));
            }
        }
        selection.addExporters();
        selection.bundles.add(job);
        return selection.bundles;
    }

    private void addProviders(Set<Capability> required) throws PackagingException {
        Set<Capability> missing = new TreeSet<>(required);
        bundles.forEach(bundle -> missing.removeAll(bundle.provided()));
        for (BundleFile bundle : all) {
            if (missing.removeAll(bundle.provided())) {
                bundles.add(bundle);
            }
        }
        if (!missing.isEmpty()) {
            throw new PackagingException("no bundle has " + String.join(", ", missing.stream().map(Capability::toString).toList())
                    + ", which the job needs: name the bundle that has it by --bundle FILE");
        }
    }

    /** Libraries that are bundles, a connector's client say: what exports a package that one of those chosen imports, and nobody chosen exports. */
    private void addExporters() {
        Set<String> exported = new HashSet<>();
        bundles.forEach(bundle -> exported.addAll(bundle.exports()));
        // it grows meanwhile
        for (int i = 0; i < bundles.size(); i++) {
            for (String wanted : bundles.get(i).imports()) {
                if (!exported.contains(wanted)) {
                    all.stream().filter(bundle -> bundle.exports().contains(wanted)).findFirst().ifPresent(bundle -> {
                        bundles.add(bundle);
                        exported.addAll(bundle.exports());
                    });
                }
            }
        }
    }
}
