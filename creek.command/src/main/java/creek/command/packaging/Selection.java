package creek.command.packaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The bundles of a package, in the order of their start. */
final class Selection {
    private final List<BundleFile> bundles = new ArrayList<>();
    private final Distribution distribution;

    private Selection(Distribution distribution) {
        this.distribution = distribution;
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
        Selection selection = new Selection(distribution);
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
        selection.bundles.add(job);
        return selection.bundles;
    }

    private void addProviders(Set<Capability> required) throws IOException, PackagingException {
        Set<Capability> missing = new TreeSet<>(required);
        bundles.forEach(bundle -> missing.removeAll(bundle.provided()));
        if (missing.isEmpty()) {
            return;
        }
        for (BundleFile bundle : distribution.bundles()) {
            if (missing.removeAll(bundle.provided())) {
                bundles.add(bundle);
            }
        }
        if (!missing.isEmpty()) {
            throw new PackagingException("no bundle has " + String.join(", ", missing.stream().map(Capability::toString).toList())
                    + ", which the job needs: name the bundle that has it by --bundle FILE");
        }
    }
}
