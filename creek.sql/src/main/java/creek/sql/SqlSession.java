package creek.sql;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Tables, views and settings of one user, and the statements that change them. Not thread-safe. */
@ProviderType
public interface SqlSession {
    /**
     * Cuts a script into its statements, without looking further into them. A {@code ;} in a string, an identifier or a comment ends nothing;
     * {@code EXECUTE STATEMENT SET BEGIN … END} is one statement.
     */
    List<Statement> split(String script);

    /**
     * Executes one statement. DDL, SET and the like change the session; SHOW, DESCRIBE and EXPLAIN give a table; a query, an INSERT and a
     * STATEMENT SET give a job, which is compiled but not started.
     *
     * @throws SqlException with a position in the script that the statement was cut from
     */
    StatementResult execute(Statement statement) throws SqlException;

    /**
     * Compiles a whole script into one job: DDL and SET are executed in order, all INSERTs are part of the job, sources that several of them
     * read are read once. Where there is no INSERT, the last query is the job and prints its rows.
     *
     * @param jobName the name of the job, unless the script SETs {@code pipeline.name}
     * @throws SqlException also for a script with neither an INSERT nor a query
     */
    CompiledJob compile(String script, String jobName) throws SqlException;

    /** The value of a setting, or empty. */
    Optional<String> setting(String key);
}
