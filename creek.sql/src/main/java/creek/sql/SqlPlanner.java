package creek.sql;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Opens SQL sessions. A service; callable from any thread. */
@ProviderType
public interface SqlPlanner {
    /**
     * A new session with an empty catalog.
     *
     * @param workingDirectory what relative paths of tables are relative to
     */
    SqlSession openSession(Path workingDirectory);
}
