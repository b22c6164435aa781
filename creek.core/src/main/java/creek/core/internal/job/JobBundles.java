package creek.core.internal.job;

import creek.core.job.JobDefinition;
import org.osgi.framework.Bundle;

/** What a bundle with a job says of it. */
final class JobBundles {
    /** What the names of system properties begin with that are settings of all jobs. */
    private static final String SETTING = "creek.set.";

    private JobBundles() {
    }

    /** The job with the settings that whoever started the platform gives, which come after its own. */
    static JobDefinition definition(Bundle bundle) throws ReflectiveOperationException {
        JobDefinition definition = create(bundle);
        return topology -> {
            definition.define(topology);
            System.getProperties().stringPropertyNames().stream().filter(key -> key.startsWith(SETTING)).sorted()
                    .forEach(key -> topology.set(key.substring(SETTING.length()), System.getProperty(key)));
        };
    }

    private static JobDefinition create(Bundle bundle) throws ReflectiveOperationException {
        String className = bundle.getHeaders("").get(JobDefinition.DEFINITION_HEADER);
        if (className == null) {
            throw new IllegalStateException("bundle " + bundle.getSymbolicName() + " has no header " + JobDefinition.DEFINITION_HEADER);
        }
        return bundle.loadClass(className).asSubclass(JobDefinition.class).getConstructor().newInstance();
    }
}
