package creek.core.job;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a job bundle brings: a class with a public constructor without parameters, named by the bundle's {@code Creek-Job-Definition} header.
 * The planner generates it; a person can write one as well.
 */
@ConsumerType
public interface JobDefinition {
    /** Bundle header with the job's name: what makes a bundle a job. */
    String JOB_HEADER = "Creek-Job";

    /** Bundle header with the name of the class that implements this interface. */
    String DEFINITION_HEADER = "Creek-Job-Definition";

    /** The entry of a job's bundle that has its plan for people, a line an operator, in UTF-8. A bundle written by hand may do without. */
    String PLAN = "OSGI-INF/creek/plan.txt";

    /** Puts the job together. Called for each start of the job, on an instance of its own, so that operators are never used twice. */
    void define(Topology topology);
}
