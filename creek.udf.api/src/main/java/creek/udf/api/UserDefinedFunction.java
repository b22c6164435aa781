package creek.udf.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What all kinds of user-defined functions have in common: they are opened once before the first call and closed once after the
 * last. One instance serves one use in one job, and is called by one thread at a time, so it needs no synchronization. All calls are made on the
 * job's thread; a new version that takes the place of another while the job runs is opened on another thread, before its first call.
 */
@ConsumerType
public abstract class UserDefinedFunction {
    /**
     * Service property with the name of a function that a bundle provides: it registers an instance as a service of this class, which only
     * says that the function is there. Each use makes an instance of its own by the public constructor without parameters.
     */
    public static final String NAME = "creek.function";

    /**
     * Prepares the function. Called once, before the first {@code eval}.
     *
     * @throws Exception fails the job, whose error names the function
     */
    public void open(FunctionContext context) throws Exception {
    }

    /** Lets go of whatever {@link #open} took. Called once, also after a failed {@code eval}. */
    public void close() throws Exception {
    }

    /** Whether equal arguments always give equal results, so that a call with constants may be computed when the job is planned. */
    public boolean isDeterministic() {
        return true;
    }
}
