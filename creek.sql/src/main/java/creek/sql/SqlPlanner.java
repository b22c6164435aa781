package creek.sql;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Opens SQL sessions. A service; callable from any thread. */
@ProviderType
public interface SqlPlanner {
    /** A new session with an empty catalog. Paths stay as they are written: the platform that runs a job says what they are relative to. */
    SqlSession openSession();

    /** As {@link #openSession()}, in that directory: what relative paths of jars with functions are relative to, which are read when a job is compiled. */
    SqlSession openSession(Path directory);
}
