package creek.console;

import creek.core.job.JobDefinition;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The bundles that are jobs, whether they run or not. */
final class JobBundles {
    private final BundleContext context;

    JobBundles(BundleContext context) {
        this.context = context;
    }

    /** The bundle of a job, the one that was installed last. */
    Optional<Bundle> find(String job) {
        return all().filter(bundle -> job.equals(name(bundle))).reduce((earlier, later) -> later);
    }

    Bundle get(String job) {
        return find(job).orElseThrow(() -> noJob(job));
    }

    NoSuchElementException noJob(String name) {
        List<String> names = names();
        return new NoSuchElementException("there is no job " + name + (names.isEmpty() ? ", nor any other" : "; there are " + String.join(", ", names)));
    }

    List<String> names() {
        return all().map(JobBundles::name).sorted().distinct().toList();
    }

    private Stream<Bundle> all() {
        return Stream.of(context.getBundles()).filter(bundle -> name(bundle) != null);
    }

    static String name(Bundle bundle) {
        return bundle.getHeaders("").get(JobDefinition.JOB_HEADER);
    }

    /** Whether an argument of a command means that bundle: by its id, its symbolic name or the name of its job. */
    static boolean isMeant(Bundle bundle, String argument) {
        return argument.equals(Long.toString(bundle.getBundleId())) || argument.equals(bundle.getSymbolicName()) || Objects.equals(argument, name(bundle));
    }
}
