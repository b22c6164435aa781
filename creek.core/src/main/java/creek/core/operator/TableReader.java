package creek.core.operator;

import org.osgi.annotation.versioning.ProviderType;

/** Reads a table from its start as often as wanted, for an operator that looks rows up in it. On the job's thread only. */
@ProviderType
public interface TableReader {
    /** Begins to read anew; the rows go there, in steps of {@link #read}. */
    void restart(Input rows) throws Exception;

    /** What a call of {@link #read} left. */
    enum Progress { MORE, NOTHING_NOW, DONE }

    /** Reads on for a bounded piece. */
    Progress read() throws Exception;

    /** Whether it is time to read the table again. */
    boolean isOutdated() throws Exception;

    /** When to ask {@link #isOutdated} next, by the job's clock. */
    long nextLook();

    /** Lets go of everything. */
    void close() throws Exception;
}
