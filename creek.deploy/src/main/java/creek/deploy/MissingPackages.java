package creek.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Why a bundle does not resolve, in words: the packages that it imports and that are not here, or not in a version that suits it. */
final class MissingPackages {
    private static final String JOB = "creek.job.";
    private static final Pattern VERSION = Pattern.compile("version:?[A-Za-z]*=\"?([\\[(][^\"\\])]*[\\])]|[0-9][^\",;]*)");

    private MissingPackages() {
    }

    /** The words, or nothing if it is not for want of packages. */
    static Optional<String> of(Bundle bundle, Bundle[] others) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return Optional.empty();
        }
        List<BundleCapability> offered = Arrays.stream(others).map(each -> each.adapt(BundleRevision.class)).filter(each -> each != null)
                .flatMap(each -> each.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream()).toList();
        String imports = String.valueOf(bundle.getHeaders("").get(Constants.IMPORT_PACKAGE));
        List<String> missing = new ArrayList<>();
        Matcher clause = Pattern.compile("(?:^|,)\\s*([\\w.]+)((?:;[^;,\"]*(?:\"[^\"]*\")?)*)").matcher(imports);
        while (clause.find()) {
            String name = clause.group(1);
            if (isMissing(name, revision, offered)) {
                missing.add("package " + name + range(clause.group(2)) + ", " + present(name, offered));
            }
        }
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String name = bundle.getSymbolicName();
        return Optional.of("needs " + String.join("; ", missing) + ". " + (name != null && name.startsWith(JOB)
                ? "The job was compiled for another version of Creek: compile its script again with the version that runs here"
                : "Deploy a bundle that exports it, or a version of this one that suits what is here"));
    }

    private static boolean isMissing(String name, BundleRevision revision, List<BundleCapability> offered) {
        for (BundleRequirement requirement : revision.getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE)) {
            String filter = String.valueOf(requirement.getDirectives().get("filter"));
            if (filter.contains("(" + PackageNamespace.PACKAGE_NAMESPACE + "=" + name + ")")) {
                return !"optional".equals(requirement.getDirectives().get("resolution")) && offered.stream().noneMatch(requirement::matches);
            }
        }
        return false;
    }

    private static String range(String parameters) {
        Matcher version = VERSION.matcher(parameters);
        return version.find() ? " in version " + version.group(1) : "";
    }

    private static String present(String name, List<BundleCapability> offered) {
        List<String> versions = offered.stream().map(BundleCapability::getAttributes)
                .filter(each -> name.equals(each.get(PackageNamespace.PACKAGE_NAMESPACE))).map(each -> String.valueOf(each.get("version"))).distinct().toList();
        return versions.isEmpty() ? "which is not here" : "and here is " + String.join(" and ", versions);
    }
}
