package creek.sql;

import org.osgi.annotation.versioning.ProviderType;

/** Opens SQL sessions. A service; callable from any thread. */
@ProviderType
public interface SqlPlanner {
    /** A new session with an empty catalog. Paths stay as they are written: the platform that runs a job says what they are relative to. */
    SqlSession openSession();
}
