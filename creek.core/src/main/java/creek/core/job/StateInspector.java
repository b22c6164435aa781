package creek.core.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Looks into the state that jobs have left on a disk. A service of the engine; callable from any thread, takes as long as reading all of it. */
@ProviderType
public interface StateInspector {
    /**
     * Reads all of a snapshot file, or all state in a folder: that of a job, of the folder of all jobs, or one with snapshot files. Nothing is changed,
     * except that a store is opened, which removes what a crash has left of a checkpoint that was not complete.
     *
     * @return what is there; damage is part of it
     * @throws IOException if there is no state, or it can't be read
     */
    List<StateReport> inspect(Path path) throws IOException;
}
